using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Albireo.Fits;

/// <summary>Pixels → stored big-endian bytes.</summary>
internal static class PixelEncoder
{
    /// <summary>The pixel type of a .NET type.</summary>
    public static FitsPixelType TypeOf<T>() =>
        typeof(T) == typeof(byte) ? FitsPixelType.Byte
        : typeof(T) == typeof(sbyte) ? FitsPixelType.SByte
        : typeof(T) == typeof(short) ? FitsPixelType.Int16
        : typeof(T) == typeof(ushort) ? FitsPixelType.UInt16
        : typeof(T) == typeof(int) ? FitsPixelType.Int32
        : typeof(T) == typeof(uint) ? FitsPixelType.UInt32
        : typeof(T) == typeof(long) ? FitsPixelType.Int64
        : typeof(T) == typeof(ulong) ? FitsPixelType.UInt64
        : typeof(T) == typeof(float) ? FitsPixelType.Single
        : typeof(T) == typeof(double) ? FitsPixelType.Double
        : throw new NotSupportedException($"FITS has no pixels of type {typeof(T).Name}.");

    /// <summary>BITPIX and BZERO of a pixel type.</summary>
    public static (int BitPix, double Zero) StorageOf(FitsPixelType type) =>
        type switch
        {
            FitsPixelType.Byte => (8, 0),
            FitsPixelType.SByte => (8, -128),
            FitsPixelType.Int16 => (16, 0),
            FitsPixelType.UInt16 => (16, 32768),
            FitsPixelType.Int32 => (32, 0),
            FitsPixelType.UInt32 => (32, 2147483648),
            FitsPixelType.Int64 => (64, 0),
            FitsPixelType.UInt64 => (64, 9223372036854775808),
            FitsPixelType.Single => (-32, 0),
            FitsPixelType.Double => (-64, 0),
        };

    /// <summary>Encodes all of <paramref name="pixels"/>.</summary>
    /// <exception cref="OverflowException">A pixel does not fit into the stored type.</exception>
    public static void Encode<T>(ReadOnlySpan<T> pixels, int bitPix, PixelScaling scaling, Span<byte> destination)
        where T : unmanaged, INumber<T>
    {
        bool same = scaling.Scale == 1 && StorageOf(TypeOf<T>()) == (bitPix, scaling.Zero);
        if (same)
        {
            Swapped(pixels, bitPix, scaling.Zero != 0, destination);
        }
        else if (typeof(T) == typeof(float) || typeof(T) == typeof(double) || bitPix < 0 || scaling.Scale != 1)
        {
            Reals(pixels, bitPix, scaling, destination);
        }
        else
        {
            Int128 zero = (Int128)scaling.Zero;
            for (int i = 0; i < pixels.Length; i++)
            {
                Put(destination, bitPix, i, checked((long)(Int128.CreateChecked(pixels[i]) - zero)));
            }
        }
    }

    /// <summary>The stored type is the pixels' own: byte order, and the top bit where it is unsigned by BZERO (or signed, of bytes).</summary>
    private static void Swapped<T>(ReadOnlySpan<T> pixels, int bitPix, bool flip, Span<byte> destination)
        where T : unmanaged
    {
        switch (Math.Abs(bitPix))
        {
            case 8:
                MemoryMarshal.AsBytes(pixels).CopyTo(destination);
                break;
            case 16:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<T, ushort>(pixels), MemoryMarshal.Cast<byte, ushort>(destination));
                break;
            case 32:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<T, uint>(pixels), MemoryMarshal.Cast<byte, uint>(destination));
                break;
            default:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<T, ulong>(pixels), MemoryMarshal.Cast<byte, ulong>(destination));
                break;
        }
        if (flip)
        {
            BigEndian.FlipTopBit(destination, bitPix / 8);
        }
    }

    private static void Reals<T>(ReadOnlySpan<T> pixels, int bitPix, PixelScaling scaling, Span<byte> destination)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            double value = double.CreateTruncating(pixels[i]);
            double stored = scaling.IsIdentity ? value : (value - scaling.Zero) / scaling.Scale;
            if (bitPix == -32)
            {
                BinaryPrimitives.WriteSingleBigEndian(destination[(4 * i)..], (float)stored);
            }
            else if (bitPix == -64)
            {
                BinaryPrimitives.WriteDoubleBigEndian(destination[(8 * i)..], stored);
            }
            else
            {
                long whole = !double.IsNaN(stored)
                    ? checked((long)Math.Round(stored))
                    : scaling.Blank ?? throw new OverflowException("NaN cannot be stored as a whole number without BLANK.");
                Put(destination, bitPix, i, whole);
            }
        }
    }

    private static void Put(Span<byte> destination, int bitPix, int i, long value)
    {
        switch (bitPix)
        {
            case 8:
                destination[i] = checked((byte)value);
                break;
            case 16:
                BinaryPrimitives.WriteInt16BigEndian(destination[(2 * i)..], checked((short)value));
                break;
            case 32:
                BinaryPrimitives.WriteInt32BigEndian(destination[(4 * i)..], checked((int)value));
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(destination[(8 * i)..], value);
                break;
        }
    }
}
