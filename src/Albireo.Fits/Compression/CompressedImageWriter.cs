using System.Buffers.Binary;
using System.IO.Compression;

namespace Albireo.Fits;

/// <summary>Writes an image as a binary table of compressed tiles, one image row a tile.</summary>
internal static class CompressedImageWriter
{
    private static readonly string[] Stale = ["CHECKSUM", "DATASUM", "THEAP"];

    /// <summary>Writes one HDU.</summary>
    /// <param name="output">The file.</param>
    /// <param name="user">Header of the image.</param>
    /// <param name="primary">Whether the image is a primary HDU when it is unpacked.</param>
    /// <param name="shape">Lengths of the axes, slowest first; none is 0.</param>
    /// <param name="bitPix">Type of the stored numbers.</param>
    /// <param name="scaling">BSCALE, BZERO and BLANK.</param>
    /// <param name="compression">How.</param>
    /// <param name="readRow">Fills a row of big-endian stored numbers.</param>
    public static void Write(
        FitsOutput output,
        FitsHeader? user,
        bool primary,
        long[] shape,
        int bitPix,
        PixelScaling scaling,
        FitsCompression compression,
        TileRowReader readRow
    )
    {
        int width = checked((int)shape[^1]);
        int rows = checked((int)(HduStructure.Product(shape) / width));
        bool rice = compression == FitsCompression.Rice && bitPix is 8 or 16 or 32;
        using var heap = new MemoryStream();
        var places = new (int Length, long Offset)[rows];
        using var tile = new TileCompressor(width, bitPix, rice);
        for (int row = 0; row < rows; row++)
        {
            readRow(row, tile.Raw);
            ReadOnlySpan<byte> packed = tile.Compress();
            places[row] = (packed.Length, heap.Length);
            heap.Write(packed);
        }
        bool wide = heap.Length > int.MaxValue;
        FitsHeader header = Header(user, primary, shape, bitPix, scaling, rice, rows, places.Max(place => place.Length), heap.Length, wide);
        var sink = new SummedSink(output, output.Length + HduStructure.Padded((header.Count + 1L) * FitsCard.Length));
        Span<byte> field = stackalloc byte[16];
        foreach ((int length, long offset) in places)
        {
            if (wide)
            {
                BinaryPrimitives.WriteInt64BigEndian(field, length);
                BinaryPrimitives.WriteInt64BigEndian(field[8..], offset);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(field, length);
                BinaryPrimitives.WriteInt32BigEndian(field[4..], (int)offset);
            }
            sink.Write(field[..(wide ? 16 : 8)]);
        }
        sink.Write(heap.GetBuffer().AsSpan(0, (int)heap.Length));
        output.FinishHdu(header, sink.Written, sink.Finish());
    }

    private static FitsHeader Header(
        FitsHeader? user,
        bool primary,
        long[] shape,
        int bitPix,
        PixelScaling scaling,
        bool rice,
        int rows,
        int longest,
        long heapBytes,
        bool wide
    )
    {
        var builder = new HeaderBuilder(user);
        builder.Start(primary: false, "BINTABLE", 8);
        builder.Number("NAXIS", 2, "a table has two axes");
        builder.Number("NAXIS1", wide ? 16 : 8, "bytes of a row");
        builder.Number("NAXIS2", rows, "rows, one for each tile");
        builder.Number("PCOUNT", heapBytes, "bytes of the heap");
        builder.Number("GCOUNT", 1, "one table");
        builder.Number("TFIELDS", 1, "columns");
        builder.Text("TTYPE1", "COMPRESSED_DATA", "");
        builder.Text("TFORM1", $"1{(wide ? 'Q' : 'P')}B({longest})", "");
        builder.Logical("ZIMAGE", true, "this is a compressed image");
        // The Z cards carry the comments of the cards that they stand for, so that unpacking restores those.
        string Comment(string keyword) => user?.Find(keyword)?.Comment ?? "";
        if (primary)
        {
            builder.Logical("ZSIMPLE", true, Comment("SIMPLE"));
            if (user is null || user.Contains("EXTEND"))
            {
                builder.Logical("ZEXTEND", true, Comment("EXTEND"));
            }
        }
        else
        {
            builder.Text("ZTENSION", "IMAGE", Comment("XTENSION"));
            builder.Number("ZPCOUNT", 0, Comment("PCOUNT"));
            builder.Number("ZGCOUNT", 1, Comment("GCOUNT"));
        }
        builder.Number("ZBITPIX", bitPix, Comment("BITPIX"));
        builder.Number("ZNAXIS", shape.Length, Comment("NAXIS"));
        for (int i = 0; i < shape.Length; i++)
        {
            builder.Number($"ZNAXIS{i + 1}", shape[^(i + 1)], Comment($"NAXIS{i + 1}"));
        }
        for (int i = 0; i < shape.Length; i++)
        {
            builder.Number($"ZTILE{i + 1}", i == 0 ? shape[^1] : 1, "");
        }
        builder.Text("ZCMPTYPE", rice ? "RICE_1" : "GZIP_2", "how tiles are compressed");
        if (rice)
        {
            builder.Text("ZNAME1", "BLOCKSIZE", "");
            builder.Number("ZVAL1", RiceEncoder.BlockSize, "pixels of a block");
            builder.Text("ZNAME2", "BYTEPIX", "");
            builder.Number("ZVAL2", bitPix / 8, "bytes of a pixel");
        }
        if (bitPix < 0)
        {
            builder.Text("ZQUANTIZ", "NONE", "reals are kept bit by bit");
        }
        builder.Scaling(scaling);
        builder.Drop(Stale);
        return builder.Finish();
    }

    /// <summary>Compresses one tile after the other in the same buffers.</summary>
    private sealed class TileCompressor(int width, int bitPix, bool rice) : IDisposable
    {
        private readonly int size = Math.Abs(bitPix) / 8;
        private readonly byte[] raw = new byte[width * (Math.Abs(bitPix) / 8)];
        private readonly byte[] shuffled = new byte[width * (Math.Abs(bitPix) / 8)];
        private readonly int[] numbers = new int[rice ? width : 0];
        private readonly byte[] packed = new byte[rice ? RiceEncoder.MostBytes(width, bitPix / 8) : 0];
        private readonly MemoryStream stream = new();

        public Span<byte> Raw => raw;

        public void Dispose() => stream.Dispose();

        public ReadOnlySpan<byte> Compress()
        {
            if (rice)
            {
                PixelDecoder.Decode(raw, bitPix, PixelScaling.None, numbers.AsSpan());
                return packed.AsSpan(0, RiceEncoder.Encode(numbers, size, packed));
            }
            TileInflater.Shuffle(raw, size, shuffled);
            stream.SetLength(0);
            using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            {
                gzip.Write(shuffled);
            }
            return stream.GetBuffer().AsSpan(0, (int)stream.Length);
        }
    }
}
