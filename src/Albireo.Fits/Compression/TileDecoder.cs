using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Albireo.Fits;

/// <summary>How the tiles of one image are compressed, and the decoding of one.</summary>
internal sealed class TileDecoder
{
    private readonly string algorithm;
    private readonly int bitPix;
    private readonly int blockSize;
    private readonly int bytePix;
    private readonly bool smooth;

    /// <summary>Reads and checks ZCMPTYPE and its parameters.</summary>
    public TileDecoder(FitsHdu hdu, FitsHeader stored, string algorithm, int bitPix)
    {
        this.algorithm = algorithm switch
        {
            "RICE_ONE" => "RICE_1",
            _ => algorithm,
        };
        this.bitPix = bitPix;
        blockSize = 32;
        bytePix = 4;
        if (this.algorithm is not ("RICE_1" or "GZIP_1" or "GZIP_2" or "PLIO_1" or "HCOMPRESS_1" or "NOCOMPRESS"))
        {
            throw hdu.Error("ZCMPTYPE", $"'{algorithm}'", "RICE_1, GZIP_1, GZIP_2, PLIO_1, HCOMPRESS_1 or NOCOMPRESS");
        }
        for (int i = 1; i <= 999 && stored.Text($"ZNAME{i}") is { } name; i++)
        {
            long value = stored.Integer($"ZVAL{i}") ?? throw hdu.Error($"ZVAL{i}", "missing", $"the value of {name}");
            switch (name)
            {
                case "BLOCKSIZE" when this.algorithm == "RICE_1":
                    blockSize = value is 16 or 32 ? (int)value : throw hdu.Error($"ZVAL{i}", value.ToString(), "a BLOCKSIZE of 16 or 32");
                    break;
                case "BYTEPIX" when this.algorithm == "RICE_1":
                    bytePix = value is 1 or 2 or 4 ? (int)value : throw hdu.Error($"ZVAL{i}", value.ToString(), "a BYTEPIX of 1, 2 or 4");
                    break;
                case "SMOOTH":
                    smooth = value != 0;
                    break;
            }
        }
    }

    /// <summary>Whether the algorithm makes bytes in the layout of the image rather than numbers.</summary>
    private bool GivesBytes => algorithm is "GZIP_1" or "GZIP_2" or "NOCOMPRESS";

    /// <summary>Decodes to whole numbers of 32 bits.</summary>
    public void Integers(ReadOnlyMemory<byte> packed, Span<int> pixels)
    {
        switch (algorithm)
        {
            case "RICE_1":
                Bound(pixels.Length, RiceDecoder.MostPixels(packed.Length, blockSize, bytePix), packed.Length);
                Rice(packed.Span, pixels);
                break;
            case "PLIO_1":
                PlioDecoder.Decode(packed.Span, pixels);
                break;
            case "HCOMPRESS_1":
                Bound(pixels.Length, HcompressDecoder.MostPixels, packed.Length);
                HcompressDecoder.Decode(packed.Span, smooth, pixels);
                break;
            default:
                byte[] bytes = ArrayPool<byte>.Shared.Rent(pixels.Length * 4);
                try
                {
                    Bytes(packed, 4, bytes.AsSpan(0, pixels.Length * 4), pixels.Length);
                    BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes.AsSpan(0, pixels.Length * 4)), pixels);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                }
                break;
        }
    }

    /// <summary>Decodes unquantised pixels to values.</summary>
    public void Values<T>(ReadOnlyMemory<byte> packed, PixelScaling scaling, Span<T> destination, Span<bool> undefined)
        where T : unmanaged, INumber<T>
    {
        if (!GivesBytes)
        {
            if (bitPix is < 0 or 64)
            {
                throw new TileException($"{algorithm} with ZBITPIX {bitPix} and without ZSCALE", "whole numbers of at most 32 bits");
            }
            int[] numbers = ArrayPool<int>.Shared.Rent(destination.Length);
            try
            {
                Span<int> stored = numbers.AsSpan(0, destination.Length);
                Integers(packed, stored);
                StoredIntegers.Convert(stored, bitPix, scaling, destination);
                Mark(stored, scaling.Blank, undefined);
            }
            finally
            {
                ArrayPool<int>.Shared.Return(numbers);
            }
            return;
        }
        // Whole numbers may be stored wider than the image has them (early fpack did): the length tells.
        int widest = bitPix is 8 or 16 ? 4 : Math.Abs(bitPix) / 8;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(destination.Length * widest);
        try
        {
            Span<byte> raw = bytes.AsSpan(0, destination.Length * widest);
            int size = Bytes(packed, Math.Abs(bitPix) / 8, raw, destination.Length);
            raw = raw[..(destination.Length * size)];
            int stored = Math.Sign(bitPix) * size * 8;
            CheckRange(raw, stored);
            PixelDecoder.Decode(raw, stored, scaling, destination);
            if (undefined.Length > 0)
            {
                PixelDecoder.Undefined(raw, stored, scaling.Blank, undefined);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Decodes GZIP_COMPRESSED_DATA: pixels that could not be quantised, as they are.</summary>
    public void Lossless<T>(ReadOnlyMemory<byte> packed, PixelScaling scaling, Span<T> destination, bool compressed)
        where T : unmanaged, INumber<T>
    {
        int size = Math.Abs(bitPix) / 8;
        byte[] raw = new byte[destination.Length * size];
        if (compressed)
        {
            TileInflater.InflateExactly(packed, raw);
        }
        else
        {
            Copy(packed.Span, raw);
        }
        PixelDecoder.Decode(raw, bitPix, scaling, destination);
    }

    /// <summary>Numbers stored wider than the image has them must still fit into its type.</summary>
    private void CheckRange(ReadOnlySpan<byte> raw, int stored)
    {
        if (stored <= bitPix || bitPix < 0)
        {
            return;
        }
        (int low, int high) = bitPix == 8 ? (0, 255) : (short.MinValue, (int)short.MaxValue);
        for (int i = 0; i < raw.Length; i += stored / 8)
        {
            int value = stored == 16 ? BinaryPrimitives.ReadInt16BigEndian(raw[i..]) : BinaryPrimitives.ReadInt32BigEndian(raw[i..]);
            if (value < low || value > high)
            {
                throw new TileException($"the number {value}", $"numbers of {bitPix} bits");
            }
        }
    }

    private static void Mark(ReadOnlySpan<int> stored, long? blank, Span<bool> undefined)
    {
        for (int i = 0; i < undefined.Length; i++)
        {
            undefined[i] = stored[i] == blank;
        }
    }

    private static void Bound(long pixels, long most, int bytes)
    {
        if (pixels > most)
        {
            throw new TileException($"{bytes} compressed bytes for {pixels} pixels", $"at most {most} pixels from so many");
        }
    }

    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (from.Length != to.Length)
        {
            throw new TileException($"a tile of {from.Length} bytes", $"{to.Length} bytes");
        }
        from.CopyTo(to);
    }

    private void Rice(ReadOnlySpan<byte> packed, Span<int> pixels)
    {
        byte[] padded = ArrayPool<byte>.Shared.Rent(packed.Length + RiceDecoder.Padding);
        try
        {
            packed.CopyTo(padded);
            padded.AsSpan(packed.Length, RiceDecoder.Padding).Clear();
            RiceDecoder.Decode(padded.AsSpan(0, packed.Length + RiceDecoder.Padding), packed.Length, blockSize, bytePix, pixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(padded);
        }
    }

    /// <summary>The tile's bytes: big-endian numbers.</summary>
    /// <param name="packed">The compressed tile.</param>
    /// <param name="size">Bytes of a number as the image has it.</param>
    /// <param name="raw">Room for numbers of that size, or for wider ones.</param>
    /// <param name="pixels">Numbers in the tile.</param>
    /// <returns>Bytes of a number as it is stored.</returns>
    private int Bytes(ReadOnlyMemory<byte> packed, int size, Span<byte> raw, int pixels)
    {
        if (algorithm == "NOCOMPRESS")
        {
            Copy(packed.Span, raw[..(pixels * size)]);
            return size;
        }
        Bound((long)pixels * size, (long)packed.Length * TileInflater.MostRatio, packed.Length);
        byte[] inflated = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            int count = TileInflater.Inflate(packed, inflated.AsSpan(0, raw.Length));
            int stored = count / Math.Max(1, pixels);
            if (count != stored * pixels || (stored != size && (stored is not (2 or 4) || stored < size)))
            {
                throw new TileException($"a tile that inflates to {count} bytes", $"{pixels * size} bytes");
            }
            if (algorithm == "GZIP_2" && stored > 1)
            {
                TileInflater.Unshuffle(inflated.AsSpan(0, count), stored, raw);
            }
            else
            {
                inflated.AsSpan(0, count).CopyTo(raw);
            }
            return stored;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(inflated);
        }
    }
}
