using System.Xml.Linq;
using Albireo.Pipeline.Plots;

namespace Albireo.Tests.Plots;

public class SvgWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Figure Small = new()
    {
        Title = "A transit & its residuals",
        Subtitle = "five frames",
        X = Axis.OfJulianDate("BJD_TDB"),
        Width = 380,
        Height = 360,
        Panels =
        [
            new Panel(new Axis("Relative flux"))
            {
                Share = 2,
                Series =
                [
                    new Series
                    {
                        Name = "one frame",
                        X = [2458107.6, 2458107.65, 2458107.7, 2458107.75, 2458107.8],
                        Y = [1.001, 0.999, double.NaN, 0.976, 1.2],
                        YError = [0.002, 0.002, 0.002, double.NaN, 0.002],
                        States = [PointState.Used, PointState.Used, PointState.Used, PointState.Used, PointState.Flagged],
                    },
                    new Series
                    {
                        Name = "model",
                        X = [2458107.6, 2458107.7, 2458107.8],
                        Y = [1, 0.976, 1],
                        Style = SeriesStyle.Line,
                        Color = ColorSlot.Vermilion,
                    },
                ],
                Marks = [new Mark.VerticalLine(2458107.7, "mid-transit") { Dashed = true }],
            },
            new Panel(new Axis("Residual", "%"))
            {
                Series =
                [
                    new Series
                    {
                        Name = "residual",
                        X = [2458107.6, 2458107.65, 2458107.75],
                        Y = [0.1, -0.1, 0],
                    },
                ],
                Marks = [new Mark.HorizontalLine(0), new Mark.HorizontalBand(-0.05, 0.05, "1 σ")],
            },
        ],
    };

    [Fact]
    public void A_small_figure_is_written_as_it_always_was() => Golden.Same("small.svg", SvgWriter.Write(Small));

    [Fact]
    public void Points_without_a_value_are_left_out_and_those_beyond_the_axes_are_pointed_at()
    {
        XElement root = XDocument.Parse(SvgWriter.Write(Small)).Root!;
        string dots = root.Descendants(Svg + "svg")
            .First()
            .Elements(Svg + "path")
            .First(p => (string?)p.Attribute("class") == "dot s-blue")
            .Attribute("d")!
            .Value;
        Assert.Equal(3, dots.Count(c => c == 'M'));
        Assert.DoesNotContain("NaN", root.ToString());
        // The flagged point at 1.2 lies above the panel: an arrow, and the axis ends far below.
        Assert.Single(root.Descendants(Svg + "path"), p => (string?)p.Attribute("class") == "f-muted");
        Assert.DoesNotContain(root.Descendants(Svg + "text"), t => t.Value == "1.10");
        Assert.Contains(root.Descendants(Svg + "text"), t => t.Value == "left out");
    }

    [Fact]
    public void The_drawing_names_itself_and_its_axes_carry_units()
    {
        XElement root = XDocument.Parse(SvgWriter.Write(Small)).Root!;
        Assert.Equal("img", (string?)root.Attribute("role"));
        Assert.Equal("A transit & its residuals", (string?)root.Element(Svg + "title"));
        Assert.Equal("five frames", (string?)root.Element(Svg + "desc"));
        string[] texts = [.. root.Descendants(Svg + "text").Select(t => t.Value)];
        Assert.Contains("BJD_TDB − 2458107 (d)", texts);
        Assert.Contains("Residual (%)", texts);
        Assert.Contains("@media screen and (prefers-color-scheme: dark)", root.Element(Svg + "style")!.Value);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("]]>&amp;<!-- ' -->")]
    [InlineData("bell\u0007 escape\u001b[31m null\0 reversed\u202Egpj.exe")]
    [InlineData("half a pair \uD83D")]
    public void Hostile_text_stays_text(string text)
    {
        var series = new Series
        {
            Name = text,
            X = [1, 2],
            Y = [1, 2],
        };
        var figure = new Figure
        {
            Title = text,
            Subtitle = text,
            Description = text,
            X = new Axis(text, text),
            Panels =
            [
                new Panel(new Axis(text))
                {
                    Caption = text,
                    Series = [series, series with { Color = ColorSlot.Green }],
                    Marks = [new Mark.Text(1.5, 1.5, text), new Mark.Circle(1.5, 1.2, 0.1, text)],
                },
            ],
        };
        XElement root = XDocument.Parse(SvgWriter.Write(figure)).Root!;
        string[] allowed = ["svg", "title", "desc", "style", "rect", "g", "path", "text", "circle"];
        Assert.All(root.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, allowed));
        Assert.All(
            root.DescendantsAndSelf().Attributes(),
            a => Assert.False(a.Name.LocalName.StartsWith("on", StringComparison.Ordinal), a.ToString())
        );
        Assert.DoesNotContain(root.ToString(), c => c is '\u202E' or '\u0007' or '\u001b');
    }

    [Fact]
    public void Legends_and_titles_lie_above_the_data_and_labels_apart_from_each_other()
    {
        Mark[] marks = [.. Enumerable.Range(0, 12).Select(i => new Mark.VerticalLine(2458107.7 + (0.001 * i), $"contact {i}"))];
        Figure crowded = Small with { Panels = [Small.Panels[0] with { Marks = marks }] };
        FigureLayout layout = FigureLayout.Of(crowded);
        FigureLayout.PanelLayout panel = layout.Panels[0];
        Assert.All(panel.Legend, entry => Assert.True(entry.Y + 6 <= panel.Box.Top));
        Assert.Equal(3, panel.Legend.Count);

        var placer = new LabelPlacer(new PlotBox(0, 0, 300, 200));
        var boxes = new List<PlotBox>();
        for (int i = 0; i < 12; i++)
        {
            LabelPlacer.Place place = placer.Choose("star", 11, LabelPlacer.Around(100 + (20 * (i % 4)), 60 + (25 * (i / 4)), 4, 11));
            double width = TextWidth.Of("star", 11);
            double left =
                place.X
                - (
                    place.Anchor < 0 ? 0
                    : place.Anchor == 0 ? width / 2
                    : width
                );
            boxes.Add(new PlotBox(left, place.Baseline - 8.8, width, 11));
        }
        for (int i = 0; i < boxes.Count; i++)
        {
            Assert.All(boxes.Take(i), other => Assert.False(other.Overlaps(boxes[i]), $"label {i}"));
        }
    }

    [Fact]
    public void A_figure_without_data_says_so()
    {
        var empty = Figure.Of(
            "Nothing",
            new Axis("x"),
            new Axis("y"),
            new Series
            {
                Name = "none",
                X = [double.NaN],
                Y = [1],
            }
        );
        Assert.Contains(XDocument.Parse(SvgWriter.Write(empty)).Descendants(Svg + "text"), t => t.Value == "no data");
    }

    [Fact]
    public void A_single_point_and_equal_values_have_axes_too()
    {
        foreach (AxisScale scale in Enum.GetValues<AxisScale>())
        {
            var axis = new Axis("v") { Scale = scale };
            string written = SvgWriter.Write(
                Figure.Of(
                    "One",
                    axis,
                    axis,
                    new Series
                    {
                        Name = "s",
                        X = [2458107.5],
                        Y = [3],
                    }
                )
            );
            Assert.DoesNotContain("NaN", written);
            Assert.DoesNotContain("∞", written);
            XDocument.Parse(written);
        }
    }

    [Fact]
    public void Series_of_unequal_columns_are_refused()
    {
        var series = new Series
        {
            Name = "s",
            X = [1, 2],
            Y = [1],
        };
        var refused = Assert.Throws<InvalidOperationException>(() => SvgWriter.Write(Figure.Of("t", new Axis("x"), new Axis("y"), series)));
        Assert.Equal("Series 's' has 2 x values and 1 y values.", refused.Message);
    }
}
