using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Fits;

/// <summary>Whole numbers in the machine's order → values, by the same rules as <see cref="PixelDecoder"/>.</summary>
internal static class StoredIntegers
{
    /// <summary>Converts all of <paramref name="stored"/>.</summary>
    /// <param name="stored">Decoded numbers.</param>
    /// <param name="bitPix">8, 16 or 32.</param>
    /// <param name="scaling">BSCALE, BZERO, BLANK.</param>
    /// <param name="destination">As many values.</param>
    public static void Convert<T>(ReadOnlySpan<int> stored, int bitPix, PixelScaling scaling, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            Singles(stored, bitPix, scaling, MemoryMarshal.Cast<T, float>(destination));
        }
        else if (typeof(T) == typeof(double))
        {
            Span<double> reals = MemoryMarshal.Cast<T, double>(destination);
            for (int i = 0; i < stored.Length; i++)
            {
                reals[i] = stored[i] == scaling.Blank ? double.NaN : scaling.Zero + (scaling.Scale * stored[i]);
            }
        }
        else if (typeof(T) == typeof(ushort) || typeof(T) == typeof(short))
        {
            Shorts(stored, (int)scaling.Zero, MemoryMarshal.Cast<T, ushort>(destination));
        }
        else
        {
            long zero = (long)scaling.Zero;
            for (int i = 0; i < stored.Length; i++)
            {
                destination[i] = T.CreateTruncating(stored[i] + zero);
            }
        }
    }

    private static void Singles(ReadOnlySpan<int> stored, int bitPix, PixelScaling scaling, Span<float> destination)
    {
        int done = 0;
        if (
            bitPix != 32
            && scaling is { Blank: null, Scale: 1 }
            && Math.Abs(scaling.Zero) <= 1 << 23
            && scaling.Zero == Math.Floor(scaling.Zero)
        )
        {
            Vector256<int> add = Vector256.Create((int)scaling.Zero);
            for (; done + 8 <= stored.Length; done += 8)
            {
                Vector256.ConvertToSingle(Vector256.Create(stored.Slice(done, 8)) + add).CopyTo(destination.Slice(done, 8));
            }
        }
        for (; done < stored.Length; done++)
        {
            destination[done] = stored[done] == scaling.Blank ? float.NaN : (float)(scaling.Zero + (scaling.Scale * stored[done]));
        }
    }

    private static void Shorts(ReadOnlySpan<int> stored, int zero, Span<ushort> destination)
    {
        Vector256<int> add = Vector256.Create(zero);
        int done = 0;
        for (; done + 16 <= stored.Length; done += 16)
        {
            Vector256<int> a = Vector256.Create(stored.Slice(done, 8)) + add;
            Vector256<int> b = Vector256.Create(stored.Slice(done + 8, 8)) + add;
            Vector256.Narrow(a.AsUInt32(), b.AsUInt32()).CopyTo(destination.Slice(done, 16));
        }
        for (; done < stored.Length; done++)
        {
            destination[done] = (ushort)(stored[done] + zero);
        }
    }
}
