using System.Xml.Linq;
using Albireo.Pipeline.Plots;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Plots;

public class ReadyMadeFigureTests
{
    private const int Count = 60;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly double[] Times = [.. Enumerable.Range(0, Count).Select(i => 2458107.5 + (0.004 * i))];
    private static readonly double[] Flux = Noise(40, 1, 0.005);

    [Fact]
    public void The_light_curve_has_what_it_was_given_and_nothing_else()
    {
        var curve = new LightCurveFigure
        {
            Title = "HAT-P-32 b",
            TimeLabel = "BJD_TDB",
            Times = Times,
            Flux = Flux,
        };
        Assert.Equal(["Relative flux"], Panels(curve.Build()));
        var states = new PointState[Count];
        states[7] = PointState.Flagged;
        Figure full = (
            curve with
            {
                FluxError = Noise(41, 0.005, 0),
                States = states,
                BinTimes = [Times[10], Times[30]],
                BinFlux = [1, 0.99],
                ModelTimes = Times,
                ModelFlux = Flux,
                Residuals = Noise(42, 0, 0.01),
                CheckFlux = Flux,
                MidTransit = Times[30],
                Transit = (Times[20], Times[40]),
                FlipTime = Times[50],
            }
        ).Build();
        Assert.Equal(["Relative flux", "Residual", "Check star"], Panels(full));
        Assert.Equal(["one frame", "bins", "model"], full.Panels[0].Series.Select(s => s.Name));
        Assert.Equal(3, full.Panels[0].Marks.Count);
        // Residuals are shown in per cent.
        Assert.Equal(Noise(42, 0, 0.01).Select(r => 100 * r), full.Panels[1].Series[0].Y);
        Assert.Equal("Relative flux against BJD_TDB for 60 frames, 1 of them left out.", full.Description);
        string[] texts = Texts(full);
        Assert.Contains("mid-transit", texts);
        Assert.Contains("meridian flip", texts);
        Assert.Contains("left out", texts);
    }

    [Fact]
    public void Quantities_without_a_value_get_no_panel()
    {
        double[] unknown = new double[Count];
        Array.Fill(unknown, double.NaN);
        TimeSeriesFigure systematics = TimeSeriesFigure.Systematics("JD_UTC", Times, Flux, Flux, Flux, Flux, unknown, Flux, "ADU");
        Assert.Equal(["Flux", "x", "y", "FWHM", "Sky"], Panels(systematics.Build()));
        TimeSeriesFigure frames = TimeSeriesFigure.PerFrame("JD_UTC", Times, Flux, Flux, "electron", Flux, Flux);
        Assert.Equal(["FWHM", "Sky", "Shift"], Panels(frames.Build()));
        Assert.Contains("along y", Texts(frames.Build()));
        var nothing = new TimeSeriesFigure
        {
            Title = "Nothing",
            TimeLabel = "JD_UTC",
            Times = Times,
            Quantities = [TimeSeriesFigure.Quantity.Of("Sky", "ADU", unknown)],
        };
        Assert.Contains("no data", Texts(nothing.Build()));
    }

    [Fact]
    public void Comparison_stars_carry_weight_scatter_and_reason()
    {
        var figure = new ComparisonCurvesFigure
        {
            TimeLabel = "BJD_TDB",
            Times = Times,
            Stars =
            [
                new("C1", Flux, 0.625, 0.0056),
                new("C2", Flux, 0, double.NaN, "variable"),
                .. Enumerable.Range(3, 20).Select(i => new ComparisonCurvesFigure.Star($"C{i}", Flux, double.NaN, double.NaN)),
            ],
        };
        Figure built = figure.Build();
        Assert.Equal(15, built.Panels.Count);
        Assert.Equal("C1 · weight 0.625 · scatter 0.56 %", built.Panels[0].Caption);
        Assert.Equal("C2 · not used · variable", built.Panels[1].Caption);
        Assert.EndsWith("the first 15 of 22", built.Subtitle);
        Assert.Contains("C2 · not used · variable", Texts(built));
    }

    [Fact]
    public void Precision_is_logarithmic_and_names_the_chosen_stars()
    {
        Figure figure = new PrecisionFigure
        {
            Brightness = new Axis("Instrumental magnitude", "mag"),
            StarBrightness = [8, 10, 12],
            StarPercent = [0.2, 0.5, 0],
            LimitBrightness = [8, 12],
            Limits = [new("CCD equation", [0.1, 2]), new("photons", [0.08, 1])],
            Named = new Dictionary<int, string>
            {
                [1] = "T",
                [2] = "C1",
                [9] = "gone",
            },
        }.Build();
        string[] texts = Texts(figure);
        Assert.Contains("T", texts);
        Assert.DoesNotContain("gone", texts);
        Assert.Contains("0.1", texts);
        Assert.Contains("Scatter (%)", texts);
        Assert.Equal(
            [SeriesStyle.Points, SeriesStyle.Line, SeriesStyle.Dashed, SeriesStyle.Points],
            figure.Panels[0].Series.Select(s => s.Style)
        );
    }

    [Fact]
    public void The_radial_profile_shows_apertures_and_annulus()
    {
        Figure figure = new RadialProfileFigure
        {
            RadiusPixels = [0, 1, 2, 12],
            Values = [100, 60, 20, 0],
            ValueLabel = "Counts above sky",
            ValueUnit = "ADU",
            ApertureRadiiPixels = [3, 4, 5],
            ChosenRadiusPixels = 4,
            AnnulusPixels = (8, 12),
            FwhmPixels = 2.4,
        }.Build();
        Assert.Equal([1.2, 3, 4, 5], figure.Panels[0].Marks.OfType<Mark.VerticalLine>().Select(l => l.X).Order());
        string[] texts = Texts(figure);
        Assert.Contains("aperture", texts);
        Assert.Contains("sky annulus", texts);
        Assert.Contains("Counts above sky (ADU)", texts);
    }

    [Fact]
    public void The_point_spread_has_contours_at_their_levels_and_sums_along_both_axes()
    {
        Image star = Gaussian(21, 16, 10.3, 7.8, 2.5);
        FigureSheet sheet = new PsfFigure
        {
            Star = star,
            Model = star,
            Subtitle = "Gaussian",
        }.Build();
        Series contours = sheet.Rows[0][0].Panels[0].Series[0];
        int points = 0;
        double[] levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9];
        float peak = star.Pixels.ToArray().Max();
        for (int i = 0; i < contours.X.Count; i++)
        {
            if (double.IsNaN(contours.X[i]))
            {
                continue;
            }
            points++;
            double value =
                Math.Exp(-((contours.X[i] - 10.3) * (contours.X[i] - 10.3) + ((contours.Y[i] - 7.8) * (contours.Y[i] - 7.8))) / 12.5)
                / peak;
            Assert.True(levels.Any(level => Math.Abs(value - level) < 0.05), $"a contour passes where the model is {value}");
        }
        Assert.True(points > 100);
        Series alongX = sheet.Rows[0][1].Panels[0].Series[0];
        Assert.Equal((21, 10), (alongX.Y.Count, alongX.Y.ToList().IndexOf(alongX.Y.Max())));
        XDocument.Parse(SvgWriter.Write(sheet));
    }

    [Fact]
    public void A_contour_of_a_cone_is_a_circle()
    {
        var cone = new Image(41, 41);
        for (int y = 0; y < 41; y++)
        {
            for (int x = 0; x < 41; x++)
            {
                cone[x, y] = (float)Math.Sqrt(((x - 20.0) * (x - 20.0)) + ((y - 20.0) * (y - 20.0)));
            }
        }
        double length = ContourLines
            .Find(cone, 12.5)
            .Sum(p => Math.Sqrt(((p.From.X - p.To.X) * (p.From.X - p.To.X)) + ((p.From.Y - p.To.Y) * (p.From.Y - p.To.Y))));
        Assert.Equal(2 * Math.PI * 12.5, length, tolerance: 0.2);
        cone[20, 32] = float.NaN;
        Assert.True(ContourLines.Find(cone, 12.5).Count > 60);
    }

    [Fact]
    public void A_saddle_is_cut_in_two_pieces_that_do_not_cross()
    {
        foreach (float corner in new[] { 1f, 0.6f })
        {
            var saddle = new Image(2, 2, [corner, 0, 0, corner]);
            var pieces = ContourLines.Find(saddle, 0.4);
            Assert.Equal(2, pieces.Count);
            // The middle lies at half the corners' value: above the level both zeros are cut off, below it both corners are.
            bool joined = corner / 2 > 0.4;
            Assert.All(
                pieces,
                p => Assert.Equal(joined, (p.From.X - 0.5 < 0) != (p.From.Y - 0.5 < 0) || (p.To.X - 0.5 < 0) != (p.To.Y - 0.5 < 0))
            );
        }
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        double[] values = [1, 2, 2.5, double.NaN, 4, double.PositiveInfinity, 5];
        (double[] centres, double[] counts) = HistogramFigure.Count(values, 4);
        Assert.Equal([1.5, 2.5, 3.5, 4.5], centres);
        Assert.Equal([1, 2, 0, 2], counts);
        Assert.Equal(7, HistogramFigure.Count([3, 3, 3, 3, 3, 3, 3], 5).Counts.Sum());
        Assert.Empty(HistogramFigure.Count([double.NaN], 5).Centres);
        Figure figure = new HistogramFigure
        {
            Title = "Residuals",
            Values = new Axis("Residual", "%"),
            BinCentres = centres,
            Counts = counts,
        }.Build();
        XElement root = XDocument.Parse(SvgWriter.Write(figure)).Root!;
        XElement bars = Assert.Single(root.Descendants(Svg + "path"), p => (string?)p.Attribute("class") == "f-blue");
        Assert.Equal(3, bars.Attribute("d")!.Value.Count(c => c == 'M'));
        Assert.Contains(root.Descendants(Svg + "text"), t => t.Value == "0.0" || t.Value == "0");
    }

    [Fact]
    public void The_summary_holds_every_figure_beside_or_below_the_others()
    {
        Figure finder = FinderChart.Make(Gaussian(40, 30, 20, 15, 3), new FinderChartOptions { Title = "Field" });
        Figure curve = new LightCurveFigure
        {
            Title = "Curve",
            TimeLabel = "BJD_TDB",
            Times = Times,
            Flux = Flux,
        }.Build();
        Figure raw = new RawDifferenceFigure
        {
            TimeLabel = "JD_UTC",
            Times = Times,
            Target = Flux,
            Ensemble = Flux,
            RelativeFlux = Flux,
        }.Build();
        XElement root = XDocument.Parse(SvgWriter.Write(SummaryFigure.Build("Night", "of a transit", finder, raw, curve, raw))).Root!;
        Assert.Equal("1000", (string?)root.Attribute("width"));
        Assert.Equal(4, root.Elements(Svg + "g").Count(g => g.Attribute("transform") is not null));
        string[] titles = [.. root.Descendants(Svg + "text").Where(t => (string?)t.Attribute("class") == "title").Select(t => t.Value)];
        Assert.Equal(["Night", "Field", "Target and ensemble", "Curve", "Target and ensemble"], titles);
    }

    private static string[] Panels(Figure figure) => [.. figure.Panels.Select(p => p.Y.Label)];

    private static string[] Texts(Figure figure) =>
        [.. XDocument.Parse(SvgWriter.Write(figure)).Descendants(Svg + "text").Select(t => t.Value)];

    private static double[] Noise(ulong seed, double mean, double sigma)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, Count).Select(_ => mean + (sigma * random.Normal()))];
    }

    private static Image Gaussian(int width, int height, double centreX, double centreY, double sigma)
    {
        var image = new Image(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double square = ((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY));
                image[x, y] = (float)Math.Exp(-square / (2 * sigma * sigma));
            }
        }
        return image;
    }
}
