using System.Buffers;
using System.Numerics.Tensors;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Gain, read noise and dark current from pairs of frames (Janesick 2001, Scientific Charge-Coupled Devices, 2.2).</summary>
public static class DetectorNoise
{
    private static readonly ClipOptions Clip = new()
    {
        SigmaLow = 4,
        SigmaHigh = 4,
        MaxIterations = 2,
    };

    /// <summary>
    /// Two flats F, two biases B, with B̄ the biases' mean: with r = S₁/S₂ the ratio of the flats' levels above the bias,
    /// <c>gain = S₁(1 + r) / (σ²((F₁ − B̄) − r·(F₂ − B̄)) − q · σ²(B₁ − B₂))</c>, where q = (1 + r² + (1 − r)²/2)/2 is the part of the reading in
    /// the first difference, and read noise = <c>gain · σ(B₁ − B₂)/√2</c>. Differences take the pattern of the pixels away, and B̄ that of
    /// the bias, also where the flats differ in level.
    /// </summary>
    /// <param name="bias1">ADU, as raw.</param>
    /// <param name="bias2">ADU, as raw.</param>
    /// <param name="flat1">ADU, as raw.</param>
    /// <param name="flat2">ADU, as raw.</param>
    /// <param name="region">Where, or null for the whole frame.</param>
    /// <param name="original">
    /// True for the notebook's form: levels are medians, the flats are not brought to one level (r = 1) and the clipped deviations are
    /// taken as they are.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Frames of different sizes; flats that are saturated or no noisier than the biases; two biases that are one frame.
    /// </exception>
    public static DetectorEstimate Measure(
        Image bias1,
        Image bias2,
        Image flat1,
        Image flat2,
        PixelRegion? region = null,
        bool original = false
    )
    {
        Same(bias1, bias2);
        Same(bias1, flat1);
        Same(bias1, flat2);
        PixelRegion part = region is { } r ? r.Within(bias1.Width, bias1.Height) : new PixelRegion(0, bias1.Width, 0, bias1.Height);
        return !original && (Ceiling(flat1, part) ?? Ceiling(flat2, part)) is { } ceiling
            ? throw new ArgumentException(
                $"A flat is saturated: many pixels have exactly its largest count, {ceiling:G6} ADU.",
                nameof(flat1)
            )
            : OfPart(bias1, bias2, flat1, flat2, part, original);
    }

    private static DetectorEstimate OfPart(Image bias1, Image bias2, Image flat1, Image flat2, PixelRegion part, bool original)
    {
        double zero = (Level(bias1, part, original) + Level(bias2, part, original)) / 2;
        double first = Level(flat1, part, original) - zero;
        double second = Level(flat2, part, original) - zero;
        if (!(first > 0) || !(second > 0))
        {
            throw new ArgumentException(
                $"The flats lie {first:G5} and {second:G5} ADU above the bias: there is no light in them.",
                nameof(flat1)
            );
        }
        double ratio = original ? 1 : first / second;
        (double flatVariance, int flatCount) = original
            ? Variance(flat1, flat2, part, original)
            : Corrected(OfFlats(bias1, bias2, flat1, flat2, (float)ratio, part));
        (double biasVariance, int biasCount) = Variance(bias1, bias2, part, original);
        if (!original && biasVariance == 0 && flatVariance > 0)
        {
            throw new ArgumentException("The two biases do not differ in any pixel: they are one frame, or know no noise.", nameof(bias1));
        }
        double share = (1 + (ratio * ratio) + ((1 - ratio) * (1 - ratio) / 2)) / 2;
        double photons = flatVariance - (share * biasVariance);
        if (!(photons > 0))
        {
            throw new ArgumentException(
                $"The flats' difference is no noisier (variance {flatVariance:G5} ADU²) than the biases' ({biasVariance:G5} ADU²).",
                nameof(flat1)
            );
        }
        double gain = ((original ? second : ratio * first) + first) / photons;
        double noise = gain * Math.Sqrt(biasVariance / 2);
        // Variances of n normal values scatter by 2σ⁴/n.
        double gainError =
            gain * Math.Sqrt((2 * flatVariance * flatVariance / flatCount) + (2 * Math.Pow(share * biasVariance, 2) / biasCount)) / photons;
        double noiseError = noise * Math.Sqrt(Math.Pow(gainError / gain, 2) + (1.0 / (2 * biasCount)));
        return new DetectorEstimate(gain, gainError, noise, noiseError, (first + second) / 2, flatCount);
    }

    /// <summary>
    /// The same over several regions: means weighted by inverse variance; the errors are the larger of what the weights and the scatter
    /// of the regions say. Regions in which a flat is saturated are left out.
    /// </summary>
    /// <param name="bias1">ADU, as raw.</param>
    /// <param name="bias2">ADU, as raw.</param>
    /// <param name="flat1">ADU, as raw.</param>
    /// <param name="flat2">ADU, as raw.</param>
    /// <param name="regions">At least one.</param>
    /// <param name="runner">Who measures the regions; null: this thread. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">No region, or one that cannot be used.</exception>
    public static DetectorEstimate Measure(
        Image bias1,
        Image bias2,
        Image flat1,
        Image flat2,
        IReadOnlyList<PixelRegion> regions,
        BandRunner? runner = null
    )
    {
        ArgumentNullException.ThrowIfNull(regions);
        if (regions.Count == 0)
        {
            throw new ArgumentException("At least one region is needed.", nameof(regions));
        }
        Same(bias1, bias2);
        Same(bias1, flat1);
        Same(bias1, flat2);
        var found = new DetectorEstimate?[regions.Count];
        (runner ?? BandRunner.Serial).Run(
            regions.Count,
            1,
            (index, _, _) =>
            {
                PixelRegion part = regions[index].Within(flat1.Width, flat1.Height);
                bool isSaturated = (Ceiling(flat1, part) ?? Ceiling(flat2, part)) is not null;
                found[index] = isSaturated ? null : OfPart(bias1, bias2, flat1, flat2, part, original: false);
            }
        );
        DetectorEstimate[] all = [.. found.OfType<DetectorEstimate>()];
        if (all.Length == 0)
        {
            throw new ArgumentException("The flats are saturated: many pixels have exactly their largest count.", nameof(flat1));
        }
        (double gain, double gainError) = Mean([.. all.Select(e => (e.GainElectronsPerAdu, e.GainError))]);
        (double noise, double noiseError) = Mean([.. all.Select(e => (e.ReadNoiseElectrons, e.ReadNoiseError))]);
        double level = 0;
        int pixels = 0;
        foreach (DetectorEstimate each in all)
        {
            level += each.FlatLevelAdu;
            pixels += each.PixelCount;
        }
        return new DetectorEstimate(gain, gainError, noise, noiseError, level / all.Length, pixels)
        {
            SaturatedRegions = regions.Count - all.Length,
        };
    }

    /// <summary>
    /// Dark current from darks of two exposures: <c>(D₁ − D₂)/(t₁ − t₂)</c>, clipped mean, so that hot pixels do not count and the bias
    /// cancels. (Averaging D₁/t₁ and D₂/t₂ instead, as a notebook did, counts the bias as dark current.)
    /// </summary>
    /// <param name="longDark">ADU.</param>
    /// <param name="longSeconds">Its exposure.</param>
    /// <param name="shortDark">ADU.</param>
    /// <param name="shortSeconds">Its exposure, shorter.</param>
    /// <param name="gainElectronsPerAdu">Or null.</param>
    /// <param name="region">Where, or null for the whole frame.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the exposures do not.</exception>
    public static DarkCurrentEstimate DarkCurrent(
        Image longDark,
        double longSeconds,
        Image shortDark,
        double shortSeconds,
        double? gainElectronsPerAdu,
        PixelRegion? region = null
    )
    {
        Same(longDark, shortDark);
        double seconds = longSeconds - shortSeconds;
        if (!(seconds > 0))
        {
            throw new ArgumentException(
                $"The exposures {longSeconds} s and {shortSeconds} s must differ, the longer one first.",
                nameof(longSeconds)
            );
        }
        PixelRegion part = region is { } r
            ? r.Within(longDark.Width, longDark.Height)
            : new PixelRegion(0, longDark.Width, 0, longDark.Height);
        ClippedStatistics statistics = OfDifferences(
            longDark,
            shortDark,
            part,
            new ClipOptions { Spread = ClipSpread.MedianAbsoluteDeviation, MaxIterations = 10 }
        );
        double rate = statistics.Mean / seconds;
        double error = statistics.StandardDeviation / Math.Sqrt(Math.Max(1, statistics.Count)) / seconds;
        return new DarkCurrentEstimate(rate, error, gainElectronsPerAdu is { } gain ? rate * gain : null);
    }

    private static (double Value, double Error) Mean((double Value, double Error)[] values)
    {
        double weights = values.Sum(v => 1 / (v.Error * v.Error));
        double mean = values.Sum(v => v.Value / (v.Error * v.Error)) / weights;
        double expected = 1 / Math.Sqrt(weights);
        if (values.Length < 2)
        {
            return (mean, expected);
        }
        double scatter = values.Sum(v => Math.Pow((v.Value - mean) / v.Error, 2)) / (values.Length - 1);
        return (mean, expected * Math.Max(1, Math.Sqrt(scatter)));
    }

    private static double Level(Image image, PixelRegion part, bool original)
    {
        if (original)
        {
            return FrameLevel.Of(image, LevelMethod.Median, part);
        }
        return OfLent(
            part,
            values =>
            {
                for (int y = part.FirstRow; y < part.EndRow; y++)
                {
                    image.Row(y)[part.FirstColumn..part.EndColumn].CopyTo(values[((y - part.FirstRow) * part.Width)..]);
                }
                return ClippedStatistics.Of(values, Clip);
            }
        ).Mean;
    }

    private static (double Variance, int Count) Variance(Image one, Image two, PixelRegion part, bool original)
    {
        ClippedStatistics statistics = OfDifferences(one, two, part, Clip);
        return original ? (statistics.StandardDeviation * statistics.StandardDeviation, statistics.Count) : Corrected(statistics);
    }

    /// <summary>The variance without the clipping.</summary>
    private static (double Variance, int Count) Corrected(ClippedStatistics clipped) =>
        (clipped.StandardDeviation * clipped.StandardDeviation * clipped.Count / ((clipped.Count - 1) * NarrowedBy4Sigma), clipped.Count);

    /// <summary>Variance of a normal distribution cut at ±4 σ: 1 − 2·4·φ(4)/(2Φ(4) − 1).</summary>
    private const double NarrowedBy4Sigma = 1 - (8 * 1.3383022576488537e-4 / 0.99993665751633376);

    /// <summary>Pixels at the ceiling of the converter, as part of all, that make a flat useless.</summary>
    private const double MostAtCeiling = 0.001;

    /// <summary>
    /// The largest count, where it is that of too many pixels: more than one in a thousand, and more than have the count below it, as
    /// the tail of no distribution has.
    /// </summary>
    private static float? Ceiling(Image flat, PixelRegion part)
    {
        float most = float.NegativeInfinity;
        for (int y = part.FirstRow; y < part.EndRow; y++)
        {
            foreach (float count in flat.Row(y)[part.FirstColumn..part.EndColumn])
            {
                most = count > most ? count : most; // not NaN
            }
        }
        int at = 0;
        int below = 0;
        for (int y = part.FirstRow; y < part.EndRow; y++)
        {
            foreach (float count in flat.Row(y)[part.FirstColumn..part.EndColumn])
            {
                at += count == most ? 1 : 0;
                below += count < most && count >= most - 1 ? 1 : 0;
            }
        }
        return at > Math.Max(10, MostAtCeiling * part.Width * part.Height) && at > below ? most : null;
    }

    /// <summary>Statistics of one − two.</summary>
    private static ClippedStatistics OfDifferences(Image one, Image two, PixelRegion part, ClipOptions clip) =>
        OfLent(
            part,
            values =>
            {
                for (int y = part.FirstRow; y < part.EndRow; y++)
                {
                    Span<float> row = values.Slice((y - part.FirstRow) * part.Width, part.Width);
                    TensorPrimitives.Subtract(
                        one.Row(y)[part.FirstColumn..part.EndColumn],
                        two.Row(y)[part.FirstColumn..part.EndColumn],
                        row
                    );
                }
                return ClippedStatistics.Of(values, clip);
            }
        );

    /// <summary>Statistics of F₁ − r · F₂ − (1 − r)(B₁ + B₂)/2.</summary>
    private static ClippedStatistics OfFlats(Image bias1, Image bias2, Image flat1, Image flat2, float ratio, PixelRegion part) =>
        OfLent(
            part,
            values =>
            {
                for (int y = part.FirstRow; y < part.EndRow; y++)
                {
                    Span<float> row = values.Slice((y - part.FirstRow) * part.Width, part.Width);
                    ReadOnlySpan<float> Of(Image image) => image.Row(y)[part.FirstColumn..part.EndColumn];
                    TensorPrimitives.Add(Of(bias1), Of(bias2), row);
                    TensorPrimitives.Multiply(row, (ratio - 1) / 2, row);
                    TensorPrimitives.Add(Of(flat1), row, row);
                    TensorPrimitives.MultiplyAdd(Of(flat2), -ratio, row, row);
                }
                return ClippedStatistics.Of(values, Clip);
            }
        );

    /// <summary>Lends room for the values of a region; they hold whatever was there before.</summary>
    private static ClippedStatistics OfLent(PixelRegion part, Statistics measure)
    {
        float[] lent = ArrayPool<float>.Shared.Rent(part.Width * part.Height);
        try
        {
            return measure(lent.AsSpan(0, part.Width * part.Height));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(lent);
        }
    }

    private delegate ClippedStatistics Statistics(Span<float> values);

    private static void Same(Image one, Image two)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(two);
        if (one.Width != two.Width || one.Height != two.Height)
        {
            throw new ArgumentException(
                $"Frames of {one.Width} × {one.Height} and {two.Width} × {two.Height} pixels do not go together.",
                nameof(two)
            );
        }
    }
}
