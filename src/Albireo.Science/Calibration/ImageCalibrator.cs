using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Takes bias, dark and flat out of a frame, with the noise and the faults of every pixel.</summary>
public static class ImageCalibrator
{
    private const int BandHeight = 64;

    /// <summary>
    /// <c>(raw − overscan − bias − scale·dark) / flat</c>, the counts above the bias made linear where a polynomial says how. The variance of a pixel before the division is
    /// <c>max(raw − bias, 0)/gain + (read noise/gain)²</c> in ADU² (photons of sky, star and dark current alike), to which the masters'
    /// variances are added; dividing by the flat f divides it by f² and adds <c>(result·σ_f/f)²</c>.
    /// </summary>
    /// <param name="raw">Raw counts, ADU; NaN where undefined.</param>
    /// <param name="inputs">The masters.</param>
    /// <param name="detector">Gain, read noise, saturation as far as they are known.</param>
    /// <param name="options">Unit, uncertainty.</param>
    /// <param name="buffers">Where to write, or null for new pictures; <c>buffers.Pixels</c> may be <paramref name="raw"/>.</param>
    /// <param name="bands">How rows are shared out; serial where null.</param>
    /// <exception cref="ArgumentException">A master or buffer of another size; electrons without a gain.</exception>
    /// <exception cref="InvalidOperationException">A dark with the bias inside is to be scaled, and the bias is not known; or
    /// counts are to be made linear under a dark that holds the bias.</exception>
    public static CalibratedImage Calibrate(
        Image raw,
        CalibrationInputs inputs,
        DetectorParameters detector,
        CalibrationOptions options,
        CalibrationBuffers? buffers = null,
        BandRunner? bands = null
    )
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(options);
        Check(raw.Width, raw.Height, inputs, detector, options);
        Image pixels = Fitting(buffers?.Pixels, raw) ?? new Image(raw.Width, raw.Height);
        PixelMask mask = buffers?.Mask ?? new PixelMask(raw.Width, raw.Height);
        Require.SameLength(raw.Pixels.Length, mask.Flags.Length, nameof(mask));
        Image? uncertainty = null;
        if (options.Uncertainty && detector.HasNoiseModel)
        {
            uncertainty = Fitting(buffers?.Uncertainty, raw) ?? new Image(raw.Width, raw.Height);
        }
        (bands ?? BandRunner.Serial).Run(
            raw.Height,
            BandHeight,
            (_, first, count) =>
                CalibrateRows(first, raw.Rows(first, count), inputs, detector, options, pixels.Rows(first, count), mask, uncertainty)
        );
        return new CalibratedImage(pixels, mask, uncertainty, options.Electrons);
    }

    /// <summary>As <see cref="Calibrate"/>, some rows of a frame.</summary>
    /// <param name="firstRow">The first of the rows, 0-based.</param>
    /// <param name="raw">Their raw counts, ADU; NaN where undefined.</param>
    /// <param name="inputs">The masters, whole.</param>
    /// <param name="detector">Gain, read noise, saturation as far as they are known.</param>
    /// <param name="options">Unit, uncertainty.</param>
    /// <param name="pixels">The calibrated rows; may be <paramref name="raw"/>.</param>
    /// <param name="mask">Of the whole frame; the flags of these rows are set anew.</param>
    /// <param name="uncertainty">Of the whole frame, where it is asked for and the noise is known; else null.</param>
    public static void CalibrateRows(
        int firstRow,
        ReadOnlySpan<float> raw,
        CalibrationInputs inputs,
        DetectorParameters detector,
        CalibrationOptions options,
        Span<float> pixels,
        PixelMask mask,
        Image? uncertainty
    )
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mask);
        Check(mask.Width, mask.Height, inputs, detector, options);
        Require.SameLength(raw.Length, pixels.Length);
        if (uncertainty is not null)
        {
            Require.SameLength(mask.Flags.Length, uncertainty.Pixels.Length);
        }
        int width = mask.Width;
        for (int at = 0; at < raw.Length; at += width)
        {
            int y = firstRow + (at / width);
            Span<float> deviation = uncertainty is null || !detector.HasNoiseModel ? [] : uncertainty.Row(y);
            Row(y, raw.Slice(at, width), inputs, detector, options, pixels.Slice(at, width), mask.Row(y), deviation);
        }
    }

    /// <summary>Flags saturated, non-linear and undefined pixels of some rows, and makes undefined ones NaN: all that can be said without masters.</summary>
    /// <param name="raw">Raw counts, ADU.</param>
    /// <param name="detector">Saturation and limit of linearity as far as they are known.</param>
    /// <param name="mask">Of the same size; its flags in these rows are set anew.</param>
    /// <param name="firstRow">The first of the rows.</param>
    /// <param name="rowCount">How many.</param>
    public static void Flag(Image raw, DetectorParameters detector, PixelMask mask, int firstRow, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(mask);
        Require.SameLength(raw.Pixels.Length, mask.Flags.Length, nameof(mask));
        for (int y = firstRow; y < firstRow + rowCount; y++)
        {
            Mark(y, raw.Row(y), CalibrationInputs.None, detector, mask.Row(y));
            PixelFlagKernel.FlagUndefined(raw.Row(y), [], mask.Row(y));
        }
    }

    private static void Check(int width, int height, CalibrationInputs inputs, DetectorParameters detector, CalibrationOptions options)
    {
        inputs.Check(width, height);
        if (options.Electrons && detector.GainElectronsPerAdu is null)
        {
            throw new ArgumentException("The gain must be known for pixels in electrons.", nameof(detector));
        }
        if (options.Linearity is not null && inputs.DarkIncludesBias && inputs.Dark is not null)
        {
            throw new InvalidOperationException("Counts can only be made linear above the bias: the dark must be free of it.");
        }
    }

    private static void Row(
        int y,
        ReadOnlySpan<float> raw,
        CalibrationInputs inputs,
        DetectorParameters detector,
        CalibrationOptions options,
        Span<float> result,
        Span<PixelQuality> flags,
        Span<float> deviation
    )
    {
        Mark(y, raw, inputs, detector, flags);
        if (inputs.Overscan is { } overscan)
        {
            overscan.Subtract(raw, y, result);
            raw = result;
        }
        var masters = MasterRows.Of(inputs, y);
        if (deviation.IsEmpty)
        {
            Remove(raw, masters, options.Linearity, result, [], flags);
        }
        else
        {
            double gain = detector.GainElectronsPerAdu!.Value;
            double noise = detector.ReadNoiseElectrons!.Value / gain;
            (float inverseGain, float readVariance) = ((float)(1 / gain), (float)(noise * noise));
            if (options.Linearity is null && masters.AreAll)
            {
                CalibrationKernel.InOneVisit(raw, masters, inverseGain, readVariance, result, deviation, flags);
            }
            else
            {
                CalibrationKernel.RawVariance(raw, masters.Pedestal, inverseGain, readVariance, deviation);
                CalibrationKernel.AddShare(masters.BiasSigma, masters.BiasVariance, deviation);
                Remove(raw, masters, options.Linearity, result, deviation, flags);
                CalibrationKernel.AddVariance(masters.DarkSigma, masters.DarkScale, deviation);
                CalibrationKernel.ToDeviation(deviation, masters.Flat, masters.FlatSigma, result);
            }
        }
        if (options.Electrons)
        {
            float gain = (float)detector.GainElectronsPerAdu!.Value;
            System.Numerics.Tensors.TensorPrimitives.Multiply(result, gain, result);
            System.Numerics.Tensors.TensorPrimitives.Multiply(deviation, gain, deviation);
        }
    }

    private static void Remove(
        ReadOnlySpan<float> raw,
        MasterRows masters,
        Linearity? linearity,
        Span<float> result,
        Span<float> variance,
        Span<PixelQuality> flags
    )
    {
        if (linearity is not null)
        {
            CalibrationKernel.Apply(raw, masters.Bias, masters.BiasScale, [], 1, [], result);
            if (!variance.IsEmpty)
            {
                linearity.Propagate(result, variance);
            }
            linearity.Correct(result, result);
            raw = result;
            masters = masters.WithoutBias();
        }
        CalibrationKernel.ApplyAndFlag(raw, masters, result, flags);
    }

    private static void Mark(
        int y,
        ReadOnlySpan<float> raw,
        CalibrationInputs inputs,
        DetectorParameters detector,
        Span<PixelQuality> flags
    )
    {
        if (inputs.BadPixels is { } bad)
        {
            bad.Row(y).CopyTo(flags);
        }
        else
        {
            flags.Clear();
        }
        float? nonlinear = detector.LinearLimitAdu is { } limit ? MathF.BitIncrement((float)limit) : null;
        PixelFlagKernel.FlagFrom(raw, (float?)detector.SaturationAdu, nonlinear, flags);
    }

    private static Image? Fitting(Image? buffer, Image raw) =>
        buffer is null || (buffer.Width == raw.Width && buffer.Height == raw.Height)
            ? buffer
            : throw new ArgumentException(
                $"The buffer is {buffer.Width} × {buffer.Height}, the frame {raw.Width} × {raw.Height}.",
                nameof(buffer)
            );
}
