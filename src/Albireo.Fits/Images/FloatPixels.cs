using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Fits;

/// <summary>Stored big-endian pixels → physical float: byte order, offset and scale in one pass; undefined pixels become NaN.</summary>
internal static class FloatPixels
{
    /// <summary>Decodes as many pixels as <paramref name="destination"/> holds; sums are done in double and rounded once.</summary>
    public static void Decode(ReadOnlySpan<byte> source, int bitPix, PixelScaling scaling, Span<float> destination)
    {
        int pixel = Math.Abs(bitPix) / 8;
        source = source[..(destination.Length * pixel)];
        int done = bitPix switch
        {
            8 when IsSmallOffset(scaling) => Bytes(source, (int)scaling.Zero, scaling.Blank, destination),
            16 when IsSmallOffset(scaling) => Shorts(source, (int)scaling.Zero, scaling.Blank, destination),
            32 when scaling.IsIdentity => Ints(source, scaling.Blank, destination),
            -32 when scaling.IsIdentity => Swap(source, destination),
            _ => 0,
        };
        DecodeScalar(source[(done * pixel)..], bitPix, scaling, destination[done..]);
    }

    /// <summary>The definition.</summary>
    public static void DecodeScalar(ReadOnlySpan<byte> source, int bitPix, PixelScaling scaling, Span<float> destination)
    {
        switch (bitPix)
        {
            case 8:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = source[i] == scaling.Blank ? float.NaN : (float)(scaling.Zero + (scaling.Scale * source[i]));
                }
                break;
            case 16:
                for (int i = 0; i < destination.Length; i++)
                {
                    short v = BinaryPrimitives.ReadInt16BigEndian(source[(2 * i)..]);
                    destination[i] = v == scaling.Blank ? float.NaN : (float)(scaling.Zero + (scaling.Scale * v));
                }
                break;
            case 32:
                for (int i = 0; i < destination.Length; i++)
                {
                    int v = BinaryPrimitives.ReadInt32BigEndian(source[(4 * i)..]);
                    destination[i] = v == scaling.Blank ? float.NaN : (float)(scaling.Zero + (scaling.Scale * v));
                }
                break;
            case 64 when scaling.TypeOf(64) == FitsPixelType.UInt64:
                for (int i = 0; i < destination.Length; i++)
                {
                    long v = BinaryPrimitives.ReadInt64BigEndian(source[(8 * i)..]);
                    destination[i] = v == scaling.Blank ? float.NaN : (ulong)v ^ 0x8000_0000_0000_0000;
                }
                break;
            case 64:
                for (int i = 0; i < destination.Length; i++)
                {
                    long v = BinaryPrimitives.ReadInt64BigEndian(source[(8 * i)..]);
                    destination[i] = v == scaling.Blank ? float.NaN : (float)(scaling.Zero + (scaling.Scale * v));
                }
                break;
            case -32 when scaling.IsIdentity:
                BinaryPrimitives.ReverseEndianness(
                    MemoryMarshal.Cast<byte, int>(source)[..destination.Length],
                    MemoryMarshal.Cast<float, int>(destination)
                );
                break;
            case -32:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)(scaling.Zero + (scaling.Scale * BinaryPrimitives.ReadSingleBigEndian(source[(4 * i)..])));
                }
                break;
            default:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)(scaling.Zero + (scaling.Scale * BinaryPrimitives.ReadDoubleBigEndian(source[(8 * i)..])));
                }
                break;
        }
    }

    /// <summary>Whether integer arithmetic and one exact conversion give what the definition gives: |values| stay below 2^24.</summary>
    private static bool IsSmallOffset(PixelScaling scaling) =>
        scaling.Scale == 1 && Math.Abs(scaling.Zero) <= 1 << 23 && scaling.Zero == Math.Floor(scaling.Zero);

    private static int Bytes(ReadOnlySpan<byte> source, int offset, long? blank, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector256<int> add = Vector256.Create(offset);
        Vector256<int> undefined = Vector256.Create((int)(blank ?? -1));
        int count = destination.Length & ~31;
        for (int i = 0; i < count; i += 32)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
            Put(low, ref to, (nuint)i);
            Put(high, ref to, (nuint)i + 16);
        }
        return count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Put(Vector256<ushort> pair, ref float to, nuint at)
        {
            (Vector256<uint> a, Vector256<uint> b) = Vector256.Widen(pair);
            Store(a.AsInt32(), undefined, add, ref to, at);
            Store(b.AsInt32(), undefined, add, ref to, at + 8);
        }
    }

    private static int Shorts(ReadOnlySpan<byte> source, int offset, long? blank, Span<float> destination)
    {
        ref ushort from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(source));
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector256<int> add = Vector256.Create(offset);
        int count = destination.Length & ~15;
        if (blank is long value)
        {
            Vector256<int> undefined = Vector256.Create((int)value);
            for (int i = 0; i < count; i += 16)
            {
                (Vector256<int> a, Vector256<int> b) = Swapped(ref from, i);
                Store(a, undefined, add, ref to, (nuint)i);
                Store(b, undefined, add, ref to, (nuint)i + 8);
            }
            return count;
        }
        for (int i = 0; i < count; i += 16)
        {
            (Vector256<int> a, Vector256<int> b) = Swapped(ref from, i);
            Vector256.ConvertToSingle(a + add).StoreUnsafe(ref to, (nuint)i);
            Vector256.ConvertToSingle(b + add).StoreUnsafe(ref to, (nuint)i + 8);
        }
        return count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static (Vector256<int>, Vector256<int>) Swapped(ref ushort from, int i)
        {
            Vector256<ushort> v = Vector256.LoadUnsafe(ref from, (nuint)i);
            return Vector256.Widen(((v << 8) | (v >>> 8)).AsInt16());
        }
    }

    private static int Ints(ReadOnlySpan<byte> source, long? blank, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector256<byte> order = Vector256.Create(
            (byte)3,
            2,
            1,
            0,
            7,
            6,
            5,
            4,
            11,
            10,
            9,
            8,
            15,
            14,
            13,
            12,
            19,
            18,
            17,
            16,
            23,
            22,
            21,
            20,
            27,
            26,
            25,
            24,
            31,
            30,
            29,
            28
        );
        Vector256<int> undefined = Vector256.Create((int)(blank ?? 0));
        Vector256<int> active = blank is null ? Vector256<int>.Zero : Vector256<int>.AllBitsSet;
        int count = destination.Length & ~7;
        for (int i = 0; i < count; i += 8)
        {
            Vector256<int> v = Vector256.Shuffle(Vector256.LoadUnsafe(ref from, (nuint)(4 * i)), order).AsInt32();
            Vector256<float> nan = (Vector256.Equals(v, undefined) & active).AsSingle();
            Vector256.ConditionalSelect(nan, Vector256.Create(float.NaN), Vector256.ConvertToSingle(v)).StoreUnsafe(ref to, (nuint)i);
        }
        return count;
    }

    private static int Swap(ReadOnlySpan<byte> source, Span<float> destination)
    {
        BinaryPrimitives.ReverseEndianness(
            MemoryMarshal.Cast<byte, int>(source)[..destination.Length],
            MemoryMarshal.Cast<float, int>(destination)
        );
        return destination.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> stored, Vector256<int> undefined, Vector256<int> add, ref float to, nuint at)
    {
        Vector256<float> nan = Vector256.Equals(stored, undefined).AsSingle();
        Vector256.ConditionalSelect(nan, Vector256.Create(float.NaN), Vector256.ConvertToSingle(stored + add)).StoreUnsafe(ref to, at);
    }
}
