using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Albireo.Fits;

/// <summary>Stored big-endian pixels → values of any type, scaled for real types, exact for whole ones.</summary>
internal static class PixelDecoder
{
    /// <summary>Decodes as many pixels as <paramref name="destination"/> holds.</summary>
    public static void Decode<T>(ReadOnlySpan<byte> source, int bitPix, PixelScaling scaling, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            FloatPixels.Decode(source, bitPix, scaling, MemoryMarshal.Cast<T, float>(destination));
        }
        else if (typeof(T) == typeof(double))
        {
            Reals(source, bitPix, scaling, MemoryMarshal.Cast<T, double>(destination));
        }
        else if (typeof(T) == typeof(ushort) && bitPix == 16 || typeof(T) == typeof(short) && bitPix == 16 && scaling.Zero == 0)
        {
            Shorts(source, scaling.Zero != 0, MemoryMarshal.Cast<T, ushort>(destination));
        }
        else
        {
            Integers(source, bitPix, (Int128)scaling.Zero, destination);
        }
    }

    /// <summary>Marks undefined pixels.</summary>
    public static void Undefined(ReadOnlySpan<byte> source, int bitPix, long? blank, Span<bool> undefined)
    {
        if (bitPix < 0)
        {
            for (int i = 0; i < undefined.Length; i++)
            {
                undefined[i] =
                    bitPix == -32
                        ? float.IsNaN(BinaryPrimitives.ReadSingleBigEndian(source[(4 * i)..]))
                        : double.IsNaN(BinaryPrimitives.ReadDoubleBigEndian(source[(8 * i)..]));
            }
            return;
        }
        if (blank is not long value)
        {
            undefined.Clear();
            return;
        }
        for (int i = 0; i < undefined.Length; i++)
        {
            undefined[i] = Stored(source, bitPix, i) == value;
        }
    }

    private static void Reals(ReadOnlySpan<byte> source, int bitPix, PixelScaling scaling, Span<double> destination)
    {
        if (bitPix == -64 && scaling.IsIdentity)
        {
            BinaryPrimitives.ReverseEndianness(
                MemoryMarshal.Cast<byte, long>(source)[..destination.Length],
                MemoryMarshal.Cast<double, long>(destination)
            );
            return;
        }
        bool unsigned = scaling.TypeOf(bitPix) == FitsPixelType.UInt64;
        for (int i = 0; i < destination.Length; i++)
        {
            if (bitPix < 0)
            {
                double real =
                    bitPix == -32
                        ? BinaryPrimitives.ReadSingleBigEndian(source[(4 * i)..])
                        : BinaryPrimitives.ReadDoubleBigEndian(source[(8 * i)..]);
                destination[i] = scaling.Zero + (scaling.Scale * real);
                continue;
            }
            long stored = Stored(source, bitPix, i);
            destination[i] =
                stored == scaling.Blank ? double.NaN
                : unsigned ? (ulong)stored ^ 0x8000_0000_0000_0000
                : scaling.Zero + (scaling.Scale * stored);
        }
    }

    private static void Shorts(ReadOnlySpan<byte> source, bool unsigned, Span<ushort> destination)
    {
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(source)[..destination.Length], destination);
        if (unsigned)
        {
            Span<ulong> fours = MemoryMarshal.Cast<ushort, ulong>(destination);
            for (int i = 0; i < fours.Length; i++)
            {
                fours[i] ^= 0x8000_8000_8000_8000;
            }
            for (int i = fours.Length * 4; i < destination.Length; i++)
            {
                destination[i] ^= 0x8000;
            }
        }
    }

    private static void Integers<T>(ReadOnlySpan<byte> source, int bitPix, Int128 zero, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        if (Int128.Abs(zero) < 1L << 62)
        {
            long small = (long)zero;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = T.CreateTruncating(Stored(source, bitPix, i) + small);
            }
            return;
        }
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating(Stored(source, bitPix, i) + zero);
        }
    }

    private static long Stored(ReadOnlySpan<byte> source, int bitPix, int i) =>
        bitPix switch
        {
            8 => source[i],
            16 => BinaryPrimitives.ReadInt16BigEndian(source[(2 * i)..]),
            32 => BinaryPrimitives.ReadInt32BigEndian(source[(4 * i)..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(source[(8 * i)..]),
        };
}
