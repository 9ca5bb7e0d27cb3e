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

    /// <summary>Writes one tone a pixel.</summary>
    /// <param name="pixels">In any order; NaN becomes <see cref="Undefined"/>, infinities black or white.</param>
    /// <param name="tones">As long as <paramref name="pixels"/>.</param>
    public void Apply(ReadOnlySpan<float> pixels, Span<byte> tones)
    {
        Require.SameLength(pixels.Length, tones.Length);
        if (Curve == StretchCurve.Linear && Range.High > Range.Low)
        {
            ApplyLinear(pixels, tones);
            return;
        }
        for (int i = 0; i < pixels.Length; i++)
        {
            float value = pixels[i];
            tones[i] = float.IsNaN(value) ? Undefined : (byte)(1 + (int)((Fraction(value) * Levels) + 0.5));
        }
    }

    /// <summary>Where a value stands between black (0) and white (1), after the curve.</summary>
    public double Fraction(double value)
    {
        double x =
            Range.High > Range.Low ? Math.Clamp((value - Range.Low) / (Range.High - Range.Low), 0, 1)
            : value > Range.High ? 1
            : 0;
        return Curve switch
        {
            StretchCurve.Linear => x,
            StretchCurve.Asinh => Math.Asinh(x / AsinhSoftening) / Math.Asinh(1 / AsinhSoftening),
            StretchCurve.Log => Math.Log(1 + (LogScale * x)) / Math.Log(1 + LogScale),
        };
    }

    private void ApplyLinear(ReadOnlySpan<float> pixels, Span<byte> tones)
    {
        double scale = Levels / (Range.High - Range.Low);
        double low = Range.Low;
        for (int i = 0; i < pixels.Length; i++)
        {
            double level = (pixels[i] - low) * scale;
            tones[i] =
                level > 0 ? (byte)(1 + (int)(Math.Min(level, Levels) + 0.5))
                : float.IsNaN(pixels[i]) ? Undefined
                : (byte)1;
        }
    }
}
