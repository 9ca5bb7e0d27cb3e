using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>calibrate</c>: raw counts in, clean pixels with uncertainty and mask out.</summary>
public static class CalibrateFrame
{
    /// <param name="masters">What there is to calibrate with.</param>
    /// <param name="recipe">All settings.</param>
    /// <param name="needsUncertainty">Whether anything is done with the σ of pixels; photometry needs it.</param>
    /// <param name="needsWhole">Whether a later step needs whole pictures, with the mask, rather than rows of them to write.</param>
    public static FrameStep Step(Masters masters, Recipe recipe, bool needsUncertainty = true, bool needsWhole = true)
    {
        var badPixels = new BadPixelMaps(recipe.Calibrate.BadPixels);
        return new("calibrate", frame => Run(frame, masters, badPixels, recipe, needsUncertainty, needsWhole));
    }

    private static Frame Run(Frame frame, Masters masters, BadPixelMaps badPixels, Recipe recipe, bool needsUncertainty, bool needsWhole)
    {
        CalibrateOptions options = recipe.Calibrate;
        ReadoutLayout layout = ReadoutLayout.Of(frame.Info, options);
        MasterSet set = masters.For(frame.Info, options);
        if (needsWhole)
        {
            _ = frame.Raw;
        }
        float? only = CountDoubts.OnlyValue(frame.RawRows!);
        if (only is float.NaN)
        {
            return frame.Discard(CountDoubts.Undefined);
        }
        FrameNoise noise = masters.NoiseOf(frame.Info, recipe.Detector).SeenIn(frame, recipe.Detector, out string? ceiling);
        Check(frame, layout, set, noise, options);
        BandedImage raw = layout.IsTrimmed ? BandedImage.Of(RawPicture.Trimmed(frame, layout)) : frame.RawRows!;
        BadPixelMap? bad = badPixels.Of(frame.Info, layout, set);
        var inputs = new CalibrationInputs
        {
            Overscan = RawPicture.Levels(frame, layout),
            Bias = (set.Bias ?? set.Pedestal)?.Image, // a pedestal is not subtracted: the dark takes all of it
            BiasUncertainty = set.Bias?.Uncertainty,
            Dark = set.Dark?.Image,
            DarkUncertainty = set.Dark?.Uncertainty,
            DarkScale = set.DarkScale,
            DarkBiasShare = set is { Bias: { } shared, Dark: { FreedOf: { } freed } } && freed == shared.Name ? set.Dark.BiasShare : 0,
            DarkIncludesBias = set.Dark?.HoldsBias ?? false,
            Flat = set.Flat?.Image,
            FlatUncertainty = set.Flat?.Uncertainty,
            BadPixels = bad?.Mask,
        };
        var wanted = new CalibrationOptions
        {
            Electrons = options.Electrons,
            Uncertainty = needsUncertainty,
            Linearity = options.Linearity.Count > 0 ? new Linearity(options.Linearity) : null,
        };
        CalibrationSteps? steps = options.KeepSteps ? Steps(raw.Whole, inputs, layout, set, noise, wanted, options) : null;
        bool isUntouched =
            inputs is { Overscan: null, Bias: null, Dark: null, Flat: null } && wanted is { Electrons: false, Linearity: null };
        bool isRaw = isUntouched && options is { Negative: NegativePixels.Keep, CosmicRays.Replace: false, LevelDrift: DriftChoice.None };
        Workspace workspace = frame.Workspace;
        PixelMask mask = workspace.Mask(raw.Width, raw.Height);
        Image? uncertainty =
            needsUncertainty && noise.Detector.HasNoiseModel ? workspace.Image("uncertainty", raw.Width, raw.Height) : null;
        var pixels = new BandedImage(
            workspace,
            "clean",
            raw.Width,
            raw.Height,
            (first, count, rows) =>
                ImageCalibrator.CalibrateRows(first, raw.Rows(first, count), inputs, noise.Detector, wanted, rows, mask, uncertainty),
            isRaw ? () => raw.Whole : null
        );
        if (needsWhole)
        {
            _ = pixels.Whole;
        }
        bool hasBias = set.Bias is not null || set.Dark is { HoldsBias: true };
        string? drift =
            hasBias && layout.Overscan is null && options.LevelDrift == DriftChoice.None ? DriftRemark.Of(pixels, workspace) : null;
        RemoveDrift(pixels, options.LevelDrift);
        Floor(pixels, mask, options.Negative);
        string? unsigned = frame.Header is { } header ? CountDoubts.Unsigned(header, frame.RawRows!) : null;
        // Where an overscan tells the level, masters lie around 0.
        Master? level = layout.Overscan is not null ? null : set.Bias ?? (set.Dark is { HoldsBias: true } ? set.Dark : null);
        string? below = CountDoubts.Below(raw, level);
        string? cosmicRays = CosmicRayRemark(pixels, mask, noise, options);
        var remarks = new List<string>([
            .. frame.Remarks,
            .. layout.Remarks,
            .. set.Remarks,
            .. only is { } value ? (string[])[$"{frame.Info.Name}: {CountDoubts.Same(value)}"] : [],
            .. unsigned is null ? (string[])[] : [unsigned],
            .. below is null ? (string[])[] : [below],
            .. ceiling is null ? (string[])[] : [ceiling],
            .. drift is null ? (string[])[] : [drift],
        ]);
        if (options.CosmicRays.Reject && cosmicRays is null)
        {
            remarks.Add(
                "gain or read noise is not known, so no cosmic rays were looked for; --set detector.gain= and detector.read-noise= give them."
            );
        }
        if (options.Flip != FlipChoice.None)
        {
            Flip(options.Flip, [raw.Whole, pixels.Whole, uncertainty, steps?.BeforeFlat], mask);
        }
        return frame with
        {
            Header = CalibratedHeader.Of(frame, layout, options, noise, remarks),
            RawRows = raw,
            CleanRows = pixels,
            Mask = mask,
            Uncertainty = uncertainty,
            Unit = options.Electrons ? "electron" : "adu",
            Noise = noise,
            Steps = steps,
            Remarks = remarks,
            Operation = Operation.OfLight(frame.Info, set),
            Provenance = CalibrationHistory.Of(layout, set, bad, cosmicRays, noise, options),
        };
    }

    /// <summary>What would be wrong in every frame ends the run with a sentence.</summary>
    private static void Check(Frame frame, ReadoutLayout layout, MasterSet set, FrameNoise noise, CalibrateOptions options)
    {
        if (options.Electrons && noise.Detector.GainElectronsPerAdu is null)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{frame.Info.Path}: calibrate.electrons needs the gain, which neither header nor profile has; --set detector.gain= gives it."
            );
        }
        bool holdsBias = set.Dark?.HoldsBias ?? (set.Bias is null && layout.Overscan is null);
        if (options.Linearity.Count > 0 && holdsBias)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{frame.Info.Path}: calibrate.linearity is a polynomial in the counts above the bias, and {(set.Dark is null ? "there are neither bias frames nor overscan to tell it by" : $"{set.Dark.Name} holds the bias; bias frames and masters.dark.form = bias-free part them")}."
            );
        }
    }

    /// <summary>The frame before the flat; made a second time, for it is rarely asked for.</summary>
    private static CalibrationSteps Steps(
        Image raw,
        CalibrationInputs inputs,
        ReadoutLayout layout,
        MasterSet set,
        FrameNoise noise,
        CalibrationOptions wanted,
        CalibrateOptions options
    )
    {
        CalibratedImage before = ImageCalibrator.Calibrate(
            raw,
            inputs with
            {
                Flat = null,
                FlatUncertainty = null,
            },
            noise.Detector,
            wanted with
            {
                Uncertainty = false,
            }
        );
        return new CalibrationSteps(
            before.Pixels,
            CalibrationHistory.Of(layout, set with { Flat = null }, null, null, noise, options with { Negative = NegativePixels.Keep }),
            [.. ((Master?[])[set.Bias, set.Dark, set.Flat]).OfType<Master>().Where(m => m.Section is not null)]
        );
    }

    private static void RemoveDrift(BandedImage clean, DriftChoice choice)
    {
        switch (choice)
        {
            case DriftChoice.Rows:
                LevelDrift.RemoveFromRows(clean.Whole);
                break;
            case DriftChoice.Columns:
                LevelDrift.RemoveFromColumns(clean.Whole);
                break;
        }
    }

    private static void Floor(BandedImage clean, PixelMask mask, NegativePixels choice)
    {
        if (choice == NegativePixels.Keep)
        {
            return;
        }
        Span<float> pixels = clean.Whole.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] >= 0)
            {
                continue;
            }
            pixels[i] = choice == NegativePixels.MinusOne ? -1 : float.NaN;
            mask.Flags[i] |= PixelQuality.Undefined;
        }
    }

    /// <summary>Flags the hits, fills them if that is asked for, and says how many there were; null where nobody looked.</summary>
    private static string? CosmicRayRemark(BandedImage clean, PixelMask mask, FrameNoise noise, CalibrateOptions options)
    {
        if (!options.CosmicRays.Reject || noise.Detector is not { GainElectronsPerAdu: { } gain, ReadNoiseElectrons: { } readNoise })
        {
            return null;
        }
        Image pixels = clean.Whole;
        Image? filled = options.CosmicRays.Replace ? new Image(pixels.Width, pixels.Height) : null;
        int found = CosmicRays.Find(pixels, mask, options.Electrons ? 1 : gain, readNoise, options.CosmicRays, filled);
        if (filled is not null)
        {
            filled.Pixels.CopyTo(pixels.Pixels);
            foreach (ref PixelQuality quality in mask.Flags)
            {
                bool isHit = (quality & PixelQuality.CosmicRay) != PixelQuality.None;
                quality |= isHit ? PixelQuality.Interpolated : PixelQuality.None;
            }
        }
        return $"cosmic rays by L.A.Cosmic: {found} pixels {(filled is null ? "flagged" : "filled")}";
    }

    private static void Flip(FlipChoice choice, IEnumerable<Image?> pictures, PixelMask mask)
    {
        foreach (Image picture in pictures.OfType<Image>().DistinctBy(p => p.Buffer))
        {
            switch (choice)
            {
                case FlipChoice.UpDown:
                    ImageGeometry.FlipUpDown(picture);
                    break;
                case FlipChoice.LeftRight:
                    ImageGeometry.FlipLeftRight(picture);
                    break;
            }
        }
        switch (choice)
        {
            case FlipChoice.UpDown:
                ImageGeometry.FlipUpDown(mask);
                break;
            case FlipChoice.LeftRight:
                ImageGeometry.FlipLeftRight(mask);
                break;
        }
    }
}
