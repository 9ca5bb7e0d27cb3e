using System.Buffers.Binary;
using System.IO.Compression;

namespace Albireo.Fits;

/// <summary>
/// Inflates gzip (RFC 1952) from front to back, one member behind the other. Unlike GZipStream it insists on every member's CRC
/// and length, notices a cut, bounds the header fields, and says when other bytes follow.
/// </summary>
internal sealed class GzipReader(ByteSource packed, long start = 0) : IDisposable
{
    private const int LongestMemberHeader = 65_536;
    private const int Buffer = 65_536;

    private long position = start;
    private DeflateStream? member;
    private SourceStream? memberInput;
    private uint crc;
    private uint memberLength;

    /// <summary>Inflated bytes handed out so far.</summary>
    public long Produced { get; private set; }

    /// <summary>Where the first byte that belongs to no member lies, once the end is reached.</summary>
    public long EndPosition => position;

    /// <summary>Whether the last member is complete and checked.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether the bytes begin as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> first) => first.Length >= 2 && first[0] == 0x1F && first[1] == 0x8B;

    /// <summary>Inflates up to the length of <paramref name="destination"/>; 0 at the end.</summary>
    /// <exception cref="FitsFormatException">The data are damaged or cut.</exception>
    public int Read(Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length && !Ended)
        {
            if (member is null)
            {
                StartMember();
            }
            int count = Inflate(destination[done..]);
            if (count == 0)
            {
                EndMember();
            }
            done += count;
        }
        Produced += done;
        return done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        member?.Dispose();
        memberInput?.Dispose();
    }

    private int Inflate(Span<byte> destination)
    {
        try
        {
            int count = member!.Read(destination);
            crc = Crc32.Update(crc, destination[..count]);
            memberLength += (uint)count;
            return count;
        }
        catch (InvalidDataException e)
        {
            throw Damaged($"compressed data that cannot be inflated ({e.Message.TrimEnd('.')})");
        }
    }

    private void StartMember()
    {
        long begin = position;
        ReadOnlySpan<byte> fixedPart = Take(10);
        byte flags = fixedPart[3];
        if (fixedPart[2] != 8)
        {
            throw Damaged($"compression method {fixedPart[2]}");
        }
        if ((flags & 0xE0) != 0)
        {
            throw Damaged($"reserved flags 0x{flags:X2}");
        }
        if ((flags & 4) != 0)
        {
            Take(BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
        }
        for (int text = flags & 0x18; text != 0; text &= text - 1)
        {
            while (Take(1)[0] != 0)
            {
                if (position - begin > LongestMemberHeader)
                {
                    throw Damaged("a name or comment without an end");
                }
            }
        }
        if ((flags & 2) != 0)
        {
            Take(2);
        }
        crc = 0;
        memberLength = 0;
        memberInput = new SourceStream(packed, position);
        member = new DeflateStream(memberInput, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>
    /// Finds the member's trailer. The inflater does not tell where in its last piece of input it stopped, so the trailer is
    /// looked for there by what it must say: CRC and length of what came out.
    /// </summary>
    private void EndMember()
    {
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], memberLength);
        long from = Math.Max(position, memberInput!.LastReadStart - trailer.Length);
        var tail = new byte[memberInput.Position + trailer.Length - from];
        int found = tail.AsSpan(0, packed.Read(from, tail)).IndexOf(trailer);
        member!.Dispose();
        memberInput.Dispose();
        member = null;
        if (found < 0)
        {
            throw Damaged($"no trailer with CRC {crc:X8} and length {memberLength}, which the data have (they are cut or damaged)");
        }
        position = from + found + trailer.Length;
        Span<byte> next = stackalloc byte[2];
        Ended = !(packed.Read(position, next) == 2 && IsGzip(next));
    }

    private byte[] Take(int count)
    {
        var bytes = new byte[count];
        if (packed.Read(position, bytes) < count)
        {
            throw Damaged($"the end of the file at byte {packed.Length}, inside the gzip data");
        }
        position += count;
        return bytes;
    }

    private FitsFormatException Damaged(string found) =>
        FitsFormatException.OfFile(packed.Name, $"gzip data at byte {position}: {found}", "a whole gzip file; fetch it again");

    /// <summary>Reads and drops up to <paramref name="count"/> bytes.</summary>
    public void Skip(long count)
    {
        byte[] drop = System.Buffers.ArrayPool<byte>.Shared.Rent(Buffer);
        try
        {
            while (count > 0 && !Ended)
            {
                count -= Read(drop.AsSpan(0, (int)Math.Min(count, drop.Length)));
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(drop);
        }
    }
}
