using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Says of rows of pixels which are saturated, beyond the linear range or undefined, 16 at a time.</summary>
public static class PixelFlagKernel
{
    /// <summary>Flags values at or above one limit as saturated, at or above another as beyond the linear range.</summary>
    /// <param name="values">Raw counts, ADU.</param>
    /// <param name="saturation">ADU; null for none.</param>
    /// <param name="nonlinear">ADU; null for none.</param>
    /// <param name="flags">Flags are added.</param>
    public static void FlagFrom(ReadOnlySpan<float> values, float? saturation, float? nonlinear, Span<PixelQuality> flags)
    {
        Require.SameLength(values.Length, flags.Length);
        const int together = 4;
        if (saturation is null && nonlinear is null)
        {
            return;
        }
        ReadOnlySpan<Vector512<float>> v = MemoryMarshal.Cast<float, Vector512<float>>(values);
        var bound = Vector512.Create(float.MinNumber(saturation ?? float.NaN, nonlinear ?? float.NaN));
        int i = 0;
        for (; i <= v.Length - together; i += together)
        {
            Vector512<float> some =
                Vector512.GreaterThanOrEqual(v[i], bound)
                | Vector512.GreaterThanOrEqual(v[i + 1], bound)
                | Vector512.GreaterThanOrEqual(v[i + 2], bound)
                | Vector512.GreaterThanOrEqual(v[i + 3], bound);
            if (some.AsInt32() != Vector512<int>.Zero)
            {
                int at = i * Vector512<float>.Count;
                int count = together * Vector512<float>.Count;
                FlagFromScalar(values.Slice(at, count), saturation, nonlinear, flags.Slice(at, count));
            }
        }
        int done = i * Vector512<float>.Count;
        FlagFromScalar(values[done..], saturation, nonlinear, flags[done..]);
    }

    /// <summary>The definition of <see cref="FlagFrom"/>.</summary>
    public static void FlagFromScalar(ReadOnlySpan<float> values, float? saturation, float? nonlinear, Span<PixelQuality> flags)
    {
        for (int i = 0; i < values.Length; i++)
        {
            flags[i] |=
                (values[i] >= saturation ? PixelQuality.Saturated : PixelQuality.None)
                | (values[i] >= nonlinear ? PixelQuality.Nonlinear : PixelQuality.None);
        }
    }

    /// <summary>Makes a pixel NaN and flags it as undefined where it is not finite or its flat is 0 or less.</summary>
    /// <param name="values">Pixels, ADU.</param>
    /// <param name="flat">About 1, or empty for none.</param>
    /// <param name="flags">Flags are added.</param>
    public static void FlagUndefined(Span<float> values, ReadOnlySpan<float> flat, Span<PixelQuality> flags)
    {
        Require.SameLength(values.Length, flags.Length);
        Span<Vector512<float>> v = MemoryMarshal.Cast<float, Vector512<float>>(values);
        ReadOnlySpan<Vector512<float>> f = MemoryMarshal.Cast<float, Vector512<float>>(flat);
        var infinity = Vector512.Create(float.PositiveInfinity);
        for (int i = 0; i < v.Length; i++)
        {
            Vector512<float> good = Vector512.LessThan(Vector512.Abs(v[i]), infinity);
            good = f.Length > 0 ? good & Vector512.GreaterThan(f[i], Vector512<float>.Zero) : good;
            if (!Vector512.EqualsAll(good.AsInt32(), Vector512<int>.AllBitsSet))
            {
                int at = i * Vector512<float>.Count;
                One(values.Slice(at, Vector512<float>.Count), flat.IsEmpty ? flat : flat[at..], flags[at..]);
            }
        }
        int done = v.Length * Vector512<float>.Count;
        One(values[done..], flat.IsEmpty ? flat : flat[done..], flags[done..]);

        static void One(Span<float> some, ReadOnlySpan<float> theirFlat, Span<PixelQuality> theirs)
        {
            for (int k = 0; k < some.Length; k++)
            {
                if (!float.IsFinite(some[k]) || (!theirFlat.IsEmpty && !(theirFlat[k] > 0)))
                {
                    some[k] = float.NaN;
                    theirs[k] |= PixelQuality.Undefined;
                }
            }
        }
    }

    /// <summary>Flags pixels as undefined.</summary>
    /// <param name="good">0 where a pixel is undefined.</param>
    /// <param name="flags">Of as many pixels as there are lanes; flags are added.</param>
    internal static void Flag(Vector512<int> good, Span<PixelQuality> flags)
    {
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] |= good[i] == 0 ? PixelQuality.Undefined : PixelQuality.None;
        }
    }
}
