using System.Runtime.InteropServices;

namespace Albireo.Pipeline.Products;

/// <summary>Memory for a piece of a file. It begins where a page begins, as writing past the cache wants it.</summary>
internal sealed class WriterPiece
{
    private readonly byte[] memory;
    private readonly int first;
    private readonly int length;

    public WriterPiece(int length)
    {
        memory = GC.AllocateUninitializedArray<byte>(length + DirectWriting.Alignment, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        first = (int)(-address & (DirectWriting.Alignment - 1));
        this.length = length;
    }

    public Memory<byte> Bytes => memory.AsMemory(first, length);

    /// <summary>How many bytes have been put into it.</summary>
    public int Filled { get; set; }
}
