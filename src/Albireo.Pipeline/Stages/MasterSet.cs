using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>What is removed from one frame, with a sentence for everything that is not as one would wish.</summary>
public sealed record MasterSet(Master? Bias, Master? Dark, double DarkScale, Master? Flat, IReadOnlyList<string> Remarks)
{
    /// <summary>How much of the bias is removed by itself: what a dark that holds the bias does not take away with it.</summary>
    public double BiasScale => Dark is { HoldsBias: true } ? 1 - DarkScale : 1;

    /// <summary>Makes the counts above the bias linear, or null for a linear detector.</summary>
    public Linearity? Linearity { get; init; }

    /// <summary>Removes bias and dark from rows of a frame.</summary>
    /// <param name="raw">ADU, whole rows.</param>
    /// <param name="firstPixel">Where these begin in the masters.</param>
    /// <param name="result">ADU; may be <paramref name="raw"/>.</param>
    internal void TakeOut(ReadOnlySpan<float> raw, int firstPixel, Span<float> result)
    {
        ReadOnlySpan<float> bias = Bias is { } b ? b.Image.Pixels.Slice(firstPixel, raw.Length) : [];
        ReadOnlySpan<float> dark = Dark is { } d ? d.Image.Pixels.Slice(firstPixel, raw.Length) : [];
        if (Linearity is not null)
        {
            CalibrationKernel.Apply(raw, bias, (float)BiasScale, [], 1, [], result);
            Linearity.Correct(result, result);
            raw = result;
            bias = [];
        }
        CalibrationKernel.Apply(raw, bias, (float)BiasScale, dark, (float)DarkScale, [], result);
    }

    /// <inheritdoc cref="TakeOut(ReadOnlySpan{float}, int, Span{float})"/>
    internal void TakeOut(ReadOnlySpan<float> raw, int firstPixel, Span<double> result)
    {
        ReadOnlySpan<float> bias = Bias is { } b ? b.Image.Pixels.Slice(firstPixel, raw.Length) : [];
        ReadOnlySpan<float> dark = Dark is { } d ? d.Image.Pixels.Slice(firstPixel, raw.Length) : [];
        for (int i = 0; i < raw.Length; i++)
        {
            double value = raw[i];
            value -= bias.IsEmpty ? 0 : BiasScale * bias[i];
            value = Linearity?.Correct(value) ?? value;
            value -= dark.IsEmpty ? 0 : DarkScale * dark[i];
            result[i] = value;
        }
    }
}
