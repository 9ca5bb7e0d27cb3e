using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Images;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Science.Psf;
using Albireo.Science.Simulation;
using Albireo.Science.Transits;
using Albireo.Tests.Stages;

namespace Albireo.Tests.Plots;

/// <summary>The figures of a period and of the stars' shape, made from tables whose every number is given.</summary>
public sealed class GoldenFigureTests
{
    private const ulong Seed = 71;
    private const double Period = 1.3;

    [Fact]
    public void A_folded_transit_over_three_nights()
    {
        TransitParameters planet = new()
        {
            PeriodDays = Period,
            MidTransitDays = 0.1,
            RadiusRatio = 0.14,
            ScaledSemiMajorAxis = 6,
            InclinationDegrees = 88,
            LimbDarkening = new LimbDarkening(0.4, 0.2),
        };
        double[] times =
        [
            .. CurveStageTests.Hours(0, 60),
            .. CurveStageTests.Hours(24 * Period, 60),
            .. CurveStageTests.Hours(24 * 2 * Period, 60),
        ];
        double[] model = new double[times.Length];
        TransitModel.Flux(planet, times, model);
        FluxTable table = CurveStageTests.Table(times, t => model[Array.IndexOf(times, t)], noise: 0.003);
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions { Period = Period, T0 = CurveStageTests.Day + 0.1 });
        // The curve's level is the median of all its points, a little below the star's own.
        double level = SeriesStatistics.Median([.. curve.RelativeFlux.Select((f, i) => f / model[i])]);
        FittedValue Held(string name, double value) => new(name, value, 0, 0, "", "held");
        var fit = new FitFile
        {
            Values =
            [
                Held("period", Period),
                Held("tc", CurveStageTests.Day + 0.1),
                Held("rp_rs", planet.RadiusRatio),
                Held("a_rs", planet.ScaledSemiMajorAxis),
                Held("inclination", planet.InclinationDegrees),
                Held("eccentricity", 0),
                Held("omega", 90),
                Held("u1", 0.4),
                Held("u2", 0.2),
            ],
            ResidualScatter = 0.003,
            BetaRed = 1,
            Bic = 0,
            BicNoTransit = 0,
            Converged = true,
            Points = times.Length,
            Frames = table
                .Frames.Select((f, i) => (f.Info.Name, Value: (model[i], level, curve.RelativeFlux[i] - (level * model[i]))))
                .ToDictionary(f => f.Name, f => f.Value),
        };
        Golden.Same("folded.svg", SvgWriter.Write(FoldFigures.Folded(table, curve, curve.Fold!, fit)));
        Golden.Same("folded-alone.svg", SvgWriter.Write(FoldFigures.Folded(table, curve, curve.Fold!, null)));
    }

    [Theory]
    [InlineData(PeriodSearch.LombScargle, "periodogram.svg")]
    [InlineData(PeriodSearch.Bls, "periodogram-dips.svg")]
    public void A_search_for_a_period(PeriodSearch method, string name)
    {
        bool isBox = method == PeriodSearch.Bls;
        double[] times = [.. Enumerable.Range(0, 7).SelectMany(n => CurveStageTests.Hours(24 * n, isBox ? 90 : 40))];
        double Dip(double t) => Math.Abs(((t - 0.1) / Period) - Math.Round((t - 0.1) / Period)) * Period < 0.03 ? 0.97 : 1;
        FluxTable table = CurveStageTests.Table(times, t => isBox ? Dip(t) : 1 + (0.01 * Math.Sin(2 * Math.PI * t / 0.11)), noise: 0.003);
        var options = new CurveOptions { PeriodSearch = method, Periods = isBox ? [1.1, 1.6] : [0.08, 0.16] };
        Golden.Same(name, SvgWriter.Write(FoldFigures.Periodogram(CurveStageTests.Curve(table, options).Found!)));
    }

    [Fact]
    public void The_point_spread_function_and_the_radial_profile()
    {
        (FluxTable table, ReferenceFrame reference) = Field();
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions());
        Golden.Same("psf.svg", SvgWriter.Write(ProfileFigures.PointSpread(table, curve, reference)!));
        Golden.Same("profile.svg", SvgWriter.Write(ProfileFigures.Radial(table, curve, reference)!));
    }

    /// <summary>Nine Moffat stars, longer than wide, on a sky of 200 counts with its noise.</summary>
    private static (FluxTable Table, ReferenceFrame Reference) Field()
    {
        const int side = 130;
        var shape = new PointSpread
        {
            FwhmPixels = 3,
            AxisRatio = 0.75,
            AngleDegrees = 30,
            MoffatBeta = 3,
        };
        SimulatedStar[] stars =
        [
            .. Enumerable
                .Range(0, 9)
                .Select(i => new SimulatedStar($"{i}", new PixelPosition(25.3 + (40.2 * (i % 3)), 25.1 + (39.7 * (i / 3))), 0.05 * i)),
        ];
        var scene = new SkyScene
        {
            Width = side,
            Height = side,
            Stars = stars,
            ZeroPointMagnitude = 13,
            ExtinctionMagnitudes = 0,
            SkyElectronsPerSecond = 200,
        };
        var conditions = new FrameConditions { ExposureSeconds = 1, Psf = shape };
        var picture = new Image(side, side);
        scene.Paint(conditions, [], picture);
        var random = new SeededRandom(Seed);
        foreach (ref float pixel in picture.Pixels)
        {
            pixel += (float)(Math.Sqrt(pixel) * random.Normal());
        }
        double[] times = CurveStageTests.Hours(0, 3);
        FluxTable flat = CurveStageTests.Table(times, _ => 1, noise: 0, comparisons: 8);
        FrameRow[] rows = [.. flat.Frames.Select(f => f with { Profile = new FrameProfile(3.4, 2.6, 30, 3, 9) })];
        Star[] measured =
        [
            .. flat.Stars.Select(
                (s, i) =>
                    new Star(i, stars[i].Position.X, stars[i].Position.Y) { Role = s.Role, Flux = scene.Electrons(stars[i], conditions) }
            ),
        ];
        var table = new FluxTable(rows, measured, [5])
        {
            RadiusUnit = "pixel",
            AnnulusInner = 9,
            AnnulusOuter = 14,
            FluxUnit = "adu",
        };
        for (int i = 0; i < rows.Length; i++)
        {
            var fluxes = new FrameFluxes(measured.Length, [5]);
            for (int s = 0; s < measured.Length; s++)
            {
                (fluxes.Flux[s], fluxes.FluxError[s]) = (measured[s].Flux, 100);
                (fluxes.X[s], fluxes.Y[s], fluxes.Sky[s]) = (measured[s].X, measured[s].Y, 200);
            }
            table.Put(i, fluxes);
        }
        return (table, new ReferenceFrame(new Frame { Info = rows[0].Info, Workspace = new Workspace() }, new FitsHeader(), picture, null));
    }
}
