using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Science.Simulation;

/// <summary>
/// The observation that prose's <c>simulate_observation</c> makes: 600 × 600 pixels, Moffat stars of 3.5 pixels (β = 4), 300 of them
/// with peaks drawn from Beta(0.01, 100) and scaled so that the brightest, the target, has 55000 counts (prose has 65000 and writes
/// floating point; a 16-bit camera would saturate), clear sky of 50 pixels around the target in the middle, pointing within 3 pixels, a flat sky
/// of 300 counts, a camera without bias, dark current or vignetting. The target stands at the zenith of the
/// pole, so that any times will do.
/// </summary>
public static class ProseObservation
{
    private const int Side = 600;
    private const int StarCount = 300;
    private const double SkyCounts = 300;
    private const double ExposureSeconds = 60;
    private const double Highest = 55000;
    private const double Lowest = 15;

    /// <summary>The plan for lights at given times.</summary>
    /// <param name="middles">Middles of the exposures, UTC, upwards.</param>
    /// <param name="seed">Everything random comes from it.</param>
    public static NightPlan Plan(IReadOnlyList<JulianDate> middles, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(middles);
        var psf = new PointSpread
        {
            FwhmPixels = 3.5,
            AngleDegrees = 45,
            MoffatBeta = 4,
        };
        return new NightPlan
        {
            Seed = seed,
            Width = Side,
            Height = Side,
            BiasFrames = 1,
            DarkFrames = 1,
            FlatFrames = 4,
            LightFrames = middles.Count,
            LightStarts = [.. middles.Select(m => m.AddSeconds(-ExposureSeconds / 2))],
            ExposureSeconds = ExposureSeconds,
            Target = new SkyCoordinate(0, 90),
            Site = new Site(90, 180, 0), // JD 2450000.0, where the tutorial begins, is midnight there
            TelescopeDiameterMetres = null,
            Psf = psf,
            SeeingScatter = 0,
            DriftXPerHour = 0,
            DriftYPerHour = 0,
            JitterPixels = 0,
            JitterRangePixels = 3,
            ExtinctionMagnitudes = 0,
            ZeroPointMagnitude = 0,
            // prose draws slow processes and scales each night's to half of its amplitude: 6 % for the air, up to 1 % for a star.
            AtmosphericVariation = 0.03,
            AtmosphericPeriodHours = 12,
            StellarVariation = 0.005,
            StellarPeriodHours = 48,
            SkyElectronsPerSecond = SkyCounts / ExposureSeconds,
            Stars = Stars(psf, seed),
            Detector = new DetectorModel
            {
                GainElectronsPerAdu = 1,
                ReadNoiseElectrons = 9,
                BiasAdu = 0,
                ColumnPatternAdu = 0,
                RowSlopeAdu = 0,
                DarkElectronsPerSecond = 0,
                HotPixelFraction = 0,
                Vignetting = 0,
                DustSpots = 0,
                PixelResponseScatter = 0,
                CosmicRaysPerSecond = 0,
            },
        };
    }

    /// <summary>The target, the brightest, in the middle; then the others by falling light, without those of less than 20 counts or close by.</summary>
    private static List<SimulatedStar> Stars(PointSpread psf, ulong seed)
    {
        var random = SeededRandom.Child(seed, 0x9805E);
        double peak = new StarPainter(psf).Peak;
        double middle = (Side - 1) / 2.0;
        double[] light = [.. Enumerable.Range(0, StarCount).Select(_ => Beta(random)).OrderDescending()];
        double[] counts = Array.ConvertAll(light, l => (l / light[0] * Highest) + Lowest);
        var stars = new List<SimulatedStar> { new("target", new PixelPosition(middle, middle), Magnitude(counts[0])) };
        for (int i = 1; i < StarCount; i++)
        {
            var place = new PixelPosition(random.Uniform(0, Side), random.Uniform(0, Side));
            if (counts[i] >= 20 && double.Hypot(place.X - middle, place.Y - middle) > 50)
            {
                stars.Add(new SimulatedStar($"field-{i}", place, Magnitude(counts[i])));
            }
        }
        return stars;

        double Magnitude(double peakCounts) => -2.5 * Math.Log10(peakCounts / peak / ExposureSeconds);
    }

    /// <summary>Beta(0.01, 100): a ratio of gamma deviates; the small shape by U^(1/a) of the one above it, in logarithms.</summary>
    private static double Beta(SeededRandom random)
    {
        const double a = 0.01;
        const double b = 100;
        double logX = Math.Log(Gamma(random, a + 1)) + (Math.Log(1 - random.Uniform()) / a);
        double y = Gamma(random, b);
        double x = Math.Exp(logX);
        return x / (x + y);
    }

    /// <summary>Marsaglia &amp; Tsang (2000, ACM Transactions on Mathematical Software 26, 363), shape at least 1.</summary>
    private static double Gamma(SeededRandom random, double shape)
    {
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = random.Normal();
            double v = Math.Pow(1 + (c * z), 3);
            if (v > 0 && Math.Log(1 - random.Uniform()) < (0.5 * z * z) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
