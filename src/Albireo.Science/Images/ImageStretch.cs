using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>Pixel values → tones of a display. The tone 0 is kept for undefined pixels; defined ones have 1 (black) … 255 (white).</summary>
/// <param name="Range">What is shown as black and white; a NaN limit shows every defined pixel as black.</param>
/// <param name="Curve">What lies between.</param>
public sealed record ImageStretch(DisplayRange Range, StretchCurve Curve = StretchCurve.Linear)
{
    /// <summary>The tone of undefined pixels.</summary>
    public const byte Undefined = 0;

    private const double AsinhSoftening = 0.1;
    private const double LogScale = 1000;
    private const int Levels = 254;
    private const int Steps = 1 << 14; // a power of two: x · Steps is exact

    /// <summary>Writes one tone a pixel.</summary>
    /// <param name="pixels">In any order; NaN becomes <see cref="Undefined"/>, infinities black or white.</param>
    /// <param name="tones">As long as <paramref name="pixels"/>.</param>
    public void Apply(ReadOnlySpan<float> pixels, Span<byte> tones)
    {
        Require.SameLength(pixels.Length, tones.Length);
        if (Curve == StretchCurve.Linear && float.IsFinite((float)(Levels / (Range.High - Range.Low))) && Range.High > Range.Low)
        {
            ApplyLinear(pixels, tones);
            return;
        }
        // The curve rises: where it gives both ends of a step one tone, it gives all between the same and need not be computed. Few
        // steps hold the border of two tones.
        byte[] ends = pixels.Length > 4 * Steps ? Ends() : [];
        for (int i = 0; i < pixels.Length; i++)
        {
            float value = pixels[i];
            if (float.IsNaN(value))
            {
                tones[i] = Undefined;
                continue;
            }
            double x = Position(value);
            int step = Math.Min((int)(x * Steps), Steps - 1);
            tones[i] = step + 1 < ends.Length && ends[step] == ends[step + 1] ? ends[step] : Tone(x);
        }
    }

    /// <summary>The tones at the ends of equal steps from black to white.</summary>
    private byte[] Ends()
    {
        byte[] ends = new byte[Steps + 1];
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = Tone(i / (double)Steps);
        }
        return ends;
    }

    private byte Tone(double x) => (byte)(1 + (int)((Bent(x) * Levels) + 0.5));

    /// <summary>Where a value stands between black (0) and white (1), after the curve.</summary>
    public double Fraction(double value) => Bent(Position(value));

    private double Position(double value) =>
        Range.High > Range.Low ? Math.Clamp((value - Range.Low) / (Range.High - Range.Low), 0, 1)
        : value > Range.High ? 1
        : 0;

    private double Bent(double x)
    {
        return Curve switch
        {
            StretchCurve.Linear => x,
            StretchCurve.Asinh => Math.Asinh(x / AsinhSoftening) / Math.Asinh(1 / AsinhSoftening),
            StretchCurve.Log => Math.Log(1 + (LogScale * x)) / Math.Log(1 + LogScale),
        };
    }

    private void ApplyLinear(ReadOnlySpan<float> pixels, Span<byte> tones)
    {
        float low = (float)Range.Low;
        float scale = (float)(Levels / (Range.High - Range.Low));
        int step = Vector512<byte>.Count;
        int lanes = Vector512<float>.Count;
        int i = 0;
        for (; i <= pixels.Length - step; i += step)
        {
            ReadOnlySpan<float> block = pixels.Slice(i, step);
            Vector512<ushort> first = Vector512.Narrow(Tones(block, low, scale), Tones(block[lanes..], low, scale));
            Vector512<ushort> second = Vector512.Narrow(Tones(block[(2 * lanes)..], low, scale), Tones(block[(3 * lanes)..], low, scale));
            Vector512.Narrow(first, second).CopyTo(tones[i..]);
        }
        for (; i < pixels.Length; i++)
        {
            float level = (pixels[i] - low) * scale;
            tones[i] = float.IsNaN(level) ? Undefined : (byte)(1 + (int)(Math.Clamp(level, 0, Levels) + 0.5f));
        }
    }

    private static Vector512<uint> Tones(ReadOnlySpan<float> pixels, float low, float scale)
    {
        Vector512<float> level = (Vector512.Create(pixels) - Vector512.Create(low)) * Vector512.Create(scale);
        Vector512<float> defined = Vector512.Equals(level, level);
        // Zero where undefined before the conversion, whose result for NaN differs between CPUs.
        Vector512<float> inside = Vector512.ConditionalSelect(
            Vector512.GreaterThan(level, Vector512<float>.Zero),
            Vector512.ConditionalSelect(Vector512.LessThan(level, Vector512.Create((float)Levels)), level, Vector512.Create((float)Levels)),
            Vector512<float>.Zero
        );
        Vector512<int> tone = Vector512.ConvertToInt32(inside + Vector512.Create(0.5f)) + Vector512<int>.One;
        return (tone & defined.AsInt32()).AsUInt32();
    }
}
