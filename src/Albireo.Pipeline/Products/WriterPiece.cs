using System.Runtime.InteropServices;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Products;

/// <summary>Memory for a piece of a file. It begins where a page begins, as writing past the cache wants it.</summary>
internal sealed class WriterPiece
{
    /// <summary>Pieces whose memory is asked for at once: where it is enough for large pages, the system hands fewer of them to the disk.</summary>
    private const int Together = 4;

    private readonly byte[] memory;
    private readonly int first;
    private readonly int length;

    private WriterPiece(byte[] memory, int first, int length)
    {
        (this.memory, this.first, this.length) = (memory, first, length);
    }

    public Memory<byte> Bytes => memory.AsMemory(first, length);

    /// <summary>How many bytes have been put into it.</summary>
    public int Filled { get; set; }

    /// <summary>Some new ones, side by side.</summary>
    /// <param name="length">Of each; a multiple of <see cref="DirectWriting.Alignment"/>.</param>
    public static WriterPiece[] Several(int length)
    {
        int bytes = Together * length;
        int alignment = bytes < LargePages.Least ? DirectWriting.Alignment : LargePages.Size;
        byte[] all = LargePages.Array<byte>(bytes + alignment, clears: false, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(all, 0);
        int start = (int)(-address & (alignment - 1));
        return [.. Enumerable.Range(0, Together).Select(i => new WriterPiece(all, start + (i * length), length))];
    }
}
