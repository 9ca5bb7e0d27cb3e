namespace Albireo.Fits;

/// <summary>
/// A gzipped file, inflated as far as somebody reads. The front is kept in memory up to a bound; what lies behind is inflated in
/// passing, and again when it is read again.
/// </summary>
internal sealed class GzipSource(ByteSource packed, FitsReadOptions options) : ByteSource
{
    private const int ChunkBytes = 65_536;

    private readonly Lock gate = new();
    private readonly List<byte[]> chunks = [];
    private long stored;
    private GzipReader reader = new(packed);
    private long? total;
    private bool warned;

    public override long Length
    {
        get
        {
            lock (gate)
            {
                return Total();
            }
        }
    }

    public override bool Reaches(long end)
    {
        lock (gate)
        {
            if (total is long known)
            {
                return end <= known;
            }
            Store(end);
            if (stored < end && total is null && reader.Produced < end)
            {
                Advance(end);
            }
            return total is long after ? end <= after : Math.Max(stored, reader.Produced) >= end;
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        lock (gate)
        {
            Store(offset + destination.Length);
            int done = 0;
            while (done < destination.Length && offset + done < stored)
            {
                long at = offset + done;
                ReadOnlySpan<byte> chunk = chunks[(int)(at / ChunkBytes)];
                int inside = (int)(at % ChunkBytes);
                int count = (int)Math.Min(Math.Min(ChunkBytes - inside, stored - at), destination.Length - done);
                chunk.Slice(inside, count).CopyTo(destination[done..]);
                done += count;
            }
            if (done == destination.Length || offset + done >= total)
            {
                return done;
            }
            Rewind(offset + done);
            Advance(offset + done);
            while (done < destination.Length && !reader.Ended)
            {
                done += reader.Read(destination[done..]);
                Bound();
            }
            return done;
        }
    }

    public override void CheckContainer(Action<string> warnings)
    {
        lock (gate)
        {
            Total();
            long behind = packed.Length - reader.EndPosition;
            if (behind > 0 && !warned)
            {
                warned = true;
                warnings($"{behind} bytes after the gzip data are ignored");
            }
        }
    }

    public override void Dispose()
    {
        reader.Dispose();
        packed.Dispose();
    }

    private long Total()
    {
        if (total is null || !reader.Ended)
        {
            Advance(long.MaxValue);
        }
        return total!.Value;
    }

    /// <summary>Keeps inflated bytes up to <paramref name="end"/>, as far as the bound allows.</summary>
    private void Store(long end)
    {
        end = Math.Min(end, options.MaxBufferedBytes);
        if (stored >= end || stored == total)
        {
            return;
        }
        Rewind(stored);
        Advance(stored);
        while (stored < end && !reader.Ended)
        {
            int inside = (int)(stored % ChunkBytes);
            if (inside == 0)
            {
                chunks.Add(new byte[ChunkBytes]);
            }
            stored += reader.Read(chunks[^1].AsSpan(inside));
            Bound();
        }
    }

    private void Rewind(long target)
    {
        if (reader.Produced > target)
        {
            reader.Dispose();
            reader = new GzipReader(packed);
        }
    }

    private void Advance(long target)
    {
        const long Step = 1 << 24;
        while (reader.Produced < target && !reader.Ended)
        {
            reader.Skip(Math.Min(Step, target - reader.Produced));
            Bound();
        }
    }

    private void Bound()
    {
        if (reader.Ended)
        {
            total = reader.Produced;
        }
        if (reader.Produced > options.MaxInflatedBytes)
        {
            throw FitsFormatException.OfFile(
                Name,
                $"gzip data that inflate to more than {options.MaxInflatedBytes} bytes",
                "less; raise the bound on inflated bytes if the file is honest"
            );
        }
    }
}
