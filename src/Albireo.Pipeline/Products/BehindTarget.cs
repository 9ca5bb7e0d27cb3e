using System.Runtime.CompilerServices;
using Albireo.Fits;

namespace Albireo.Pipeline.Products;

/// <summary>A file in pieces, each handed to the writer when all of its bytes have come.</summary>
internal sealed class BehindTarget(WriterBehind writer, PartFile part) : IFitsTarget
{
    private readonly Dictionary<long, WriterPiece> begun = [];
    private int underWay = 1; // pieces, and whoever fills them
    private long? committed;
    private bool abandoned;

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            Memory<byte> room = Lend(offset, bytes.Length);
            int count = room.Length;
            if (!Unsafe.AreSame(in bytes[0], in room.Span[0]))
            {
                bytes[..count].CopyTo(room.Span);
            }
            long index = offset / writer.PieceBytes;
            WriterPiece piece = begun[index];
            piece.Filled += count;
            if (piece.Filled == writer.PieceBytes)
            {
                Put(index);
            }
            offset += count;
            bytes = bytes[count..];
        }
    }

    /// <inheritdoc/>
    public Memory<byte> Lend(long offset, int atMost)
    {
        (long index, int at) = ((long, int))Math.DivRem(offset, writer.PieceBytes);
        if (!begun.TryGetValue(index, out WriterPiece? piece))
        {
            begun[index] = piece = writer.Take();
        }
        return piece.Bytes.Slice(at, Math.Min(atMost, writer.PieceBytes - at));
    }

    public void Commit(long length)
    {
        committed = length;
        foreach (long index in begun.Keys.Order().ToArray())
        {
            Put(index);
        }
        Leave();
    }

    public void Dispose()
    {
        if (committed is null && !abandoned)
        {
            abandoned = true;
            foreach (WriterPiece piece in begun.Values)
            {
                writer.Return(piece);
            }
            begun.Clear();
            Leave();
        }
    }

    private void Put(long index)
    {
        begun.Remove(index, out WriterPiece? piece);
        Interlocked.Increment(ref underWay);
        writer.Put(part, piece!, index * writer.PieceBytes, Leave);
    }

    /// <summary>The last one ends the file.</summary>
    private void Leave()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            writer.End(part, committed);
        }
    }
}
