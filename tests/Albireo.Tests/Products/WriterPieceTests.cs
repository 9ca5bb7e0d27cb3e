using System.Runtime.InteropServices;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Tests.Products;

public sealed class WriterPieceTests
{
    /// <summary>The disk takes whole pages; what lies in large ones begins with one, and what is smaller is not made larger by one.</summary>
    [Theory]
    [InlineData(DirectWriting.Alignment, DirectWriting.Alignment)]
    [InlineData(1 << 16, DirectWriting.Alignment)]
    [InlineData(1016 << 10, DirectWriting.Alignment)]
    [InlineData((1 << 20) - DirectWriting.Alignment, DirectWriting.Alignment)]
    [InlineData(1 << 20, LargePages.Size)]
    [InlineData(1 << 21, LargePages.Size)]
    public void Pieces_begin_with_a_page_and_their_memory_is_longer_by_one(int length, int page)
    {
        WriterPiece[] pieces = WriterPiece.Several(length);
        Assert.True(MemoryMarshal.TryGetArray(pieces[0].Bytes, out ArraySegment<byte> first));
        byte[] all = first.Array!;
        Assert.Equal((pieces.Length * length) + page, all.Length);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(all, 0);
        Assert.Equal(0, (start + first.Offset) % page);
        for (int i = 0; i < pieces.Length; i++)
        {
            Assert.True(MemoryMarshal.TryGetArray(pieces[i].Bytes, out ArraySegment<byte> piece));
            Assert.Same(all, piece.Array);
            Assert.Equal((first.Offset + (i * length), length), (piece.Offset, piece.Count)); // one after the other
            Assert.Equal(0, (start + piece.Offset) % DirectWriting.Alignment);
        }
    }
}
