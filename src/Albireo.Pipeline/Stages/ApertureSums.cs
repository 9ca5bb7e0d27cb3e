using System.Numerics.Tensors;
using Albireo.Pipeline.Options;
using Albireo.Science.Background;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>One picture on which stars are summed, with the settings that say how.</summary>
internal sealed record ApertureSums
{
    /// <summary>Calibrated counts, background included.</summary>
    public required Image Image { get; init; }
    public required PixelMask? Mask { get; init; }

    /// <summary>Calibration's σ of each pixel, or null.</summary>
    public required Image? Uncertainty { get; init; }

    /// <summary>Raw counts, for peaks.</summary>
    public required Image Raw { get; init; }

    /// <summary>Needed where the sky or the errors come from the mesh.</summary>
    public required BackgroundMap? Background { get; init; }
    public required DetectorParameters Detector { get; init; }

    /// <summary>Whether the picture counts electrons; otherwise ADU.</summary>
    public bool InElectrons { get; init; }
    public required MeasureOptions Options { get; init; }

    /// <summary>A picture of the same size to write into, by its use.</summary>
    public required Func<string, Image> Scratch { get; init; }

    /// <summary>The sky's ring for a unit of length in pixels; null where the sky is taken elsewhere.</summary>
    public SkyAnnulus? Annulus(double unit) =>
        Options.SkyFrom == SkySource.Mesh
            ? null
            : new SkyAnnulus(Options.AnnulusInner * unit, Options.AnnulusOuter * unit, Options.Sky, Clip);

    public ClipOptions Clip =>
        new()
        {
            SigmaLow = Options.SkyClipSigma,
            SigmaHigh = Options.SkyClipSigma,
            MaxIterations = Options.SkyClipIterations,
        };

    public ApertureOptions Rules =>
        new()
        {
            MaskedPixels = Options.MaskedPixels,
            ErrorRule = Options.ErrorRule,
            SkyError = Options.SkyError,
        };

    /// <summary>Sums all stars in all circles.</summary>
    /// <param name="positions">Where the stars are.</param>
    /// <param name="annulus">The ring of the sky; null where it is taken off already or not at all.</param>
    /// <param name="result">Receives all but the positions; its flags are added to.</param>
    public void Measure(PixelPosition[] positions, SkyAnnulus? annulus, FrameFluxes result)
    {
        var flags = new FluxQuality[positions.Length];
        AperturePhotometry.Measure(
            Picture(),
            Mask,
            PixelErrors(),
            Raw,
            positions,
            result.RadiiPixels,
            annulus,
            result.Flux,
            result.FluxError,
            result.Sky,
            result.SkyRms,
            result.Peak,
            flags,
            Rules
        );
        for (int i = 0; i < flags.Length; i++)
        {
            result.Flags[i] |= flags[i];
        }
        if (Options.SkyFrom == SkySource.Mesh)
        {
            SkyFromMesh(positions, result);
        }
        else if (annulus is null)
        {
            Array.Fill(result.Sky, float.NaN); // none was measured
        }
        if (Options.ErrorModel == ErrorModel.Ccd)
        {
            CcdErrors(annulus, result);
        }
        if (Options.BadFluxesToOne)
        {
            foreach (ref double flux in result.Flux.AsSpan())
            {
                flux = flux >= 0 ? flux : 1;
            }
        }
    }

    /// <summary>What is summed: the picture, less the mesh background where that is the sky.</summary>
    public Image Picture()
    {
        bool isMesh = Options.SkyFrom == SkySource.Mesh;
        if (!isMesh && !Options.NegativePixelsToZero)
        {
            return Image;
        }
        Image picture = Scratch("summed");
        for (int y = 0; y < picture.Height; y++)
        {
            Span<float> row = picture.Row(y);
            if (isMesh)
            {
                Background!.LevelRow(y, row);
                TensorPrimitives.Subtract(Image.Row(y), row, row);
            }
            else
            {
                Image.Row(y).CopyTo(row);
            }
            if (Options.NegativePixelsToZero)
            {
                foreach (ref float pixel in row)
                {
                    pixel = pixel < 0 ? 0 : pixel;
                }
            }
        }
        return picture;
    }

    /// <summary>σ of each pixel; null where it is not known.</summary>
    public Image? PixelErrors()
    {
        if (Options.ErrorModel != ErrorModel.TotalError)
        {
            return Uncertainty;
        }
        if (ElectronsPerUnit is not { } gain || Background is null)
        {
            return null;
        }
        Image errors = Scratch("errors");
        float[] noise = new float[errors.Width];
        for (int y = 0; y < errors.Height; y++)
        {
            Span<float> row = errors.Row(y);
            Background.LevelRow(y, row);
            TensorPrimitives.Subtract(Image.Row(y), row, row);
            Background.RmsRow(y, noise);
            ErrorBudget.TotalError(row, noise, gain, row);
        }
        return errors;
    }

    private double? ElectronsPerUnit => InElectrons ? 1 : Detector.GainElectronsPerAdu;

    private void SkyFromMesh(PixelPosition[] positions, FrameFluxes result)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            bool known = double.IsFinite(positions[i].X + positions[i].Y);
            result.Sky[i] = known ? (float)Background!.LevelAt(positions[i].X, positions[i].Y) : float.NaN;
            result.SkyRms[i] = known ? (float)Background!.RmsAt(positions[i].X, positions[i].Y) : float.NaN;
        }
    }

    private void CcdErrors(SkyAnnulus? annulus, FrameFluxes result)
    {
        double gain = Options.ErrorsIgnoreGain ? 1 : ElectronsPerUnit ?? double.NaN;
        double read = Detector.ReadNoiseElectrons ?? double.NaN;
        if (!double.IsFinite(gain * read))
        {
            Array.Fill(result.FluxError, double.NaN);
            return;
        }
        double electrons = Detector.GainElectronsPerAdu ?? 1;
        double rounding = Options.HalfGainRounding ? electrons * electrons / 4 : electrons * electrons / 12;
        double pixels = annulus is { } ring
            ? Math.PI * ((ring.OuterRadiusPixels * ring.OuterRadiusPixels) - (ring.InnerRadiusPixels * ring.InnerRadiusPixels))
            : double.PositiveInfinity;
        double mean = result.Sky.Where(float.IsFinite).Select(s => (double)s).DefaultIfEmpty(double.NaN).Average();
        for (int star = 0; star < result.Sky.Length; star++)
        {
            double sky = Options.MeanSkyInErrors ? mean : result.Sky[star];
            for (int k = 0; k < result.RadiiPixels.Length; k++)
            {
                ref double error = ref result.FluxError[(star * result.RadiiPixels.Length) + k];
                double flux = result.Flux[(star * result.RadiiPixels.Length) + k];
                if (!double.IsFinite(sky + flux))
                {
                    error = double.NaN;
                    continue;
                }
                var conditions = new NoiseConditions
                {
                    AperturePixels = Math.PI * result.RadiiPixels[k] * result.RadiiPixels[k],
                    SkyElectrons = Math.Max(sky, 0) * gain,
                    ReadNoiseElectrons = Math.Sqrt((read * read) + rounding),
                    AnnulusPixels = Options.SkyError ? pixels : double.PositiveInfinity,
                    SkyEstimator = Options.IgnoreSkyEstimator ? SkyEstimator.Mean : Options.Sky,
                };
                error = ErrorBudget.Ccd(flux * gain, conditions).Sigma / gain;
            }
        }
    }
}
