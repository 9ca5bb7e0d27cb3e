using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Report;
using Albireo.Science.Images;

namespace Albireo.Tests.Report;

public class HtmlReportTests
{
    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title><h1>",
        "&lt;already&amp;&#x41;",
        "\u001b[31m\u0000\u202E",
        "]]><!--",
    ];

    [Fact]
    public void A_full_report_is_valid_and_asks_for_nothing()
    {
        string html = HtmlReport.Write(Content("HAT-P-32 b"));
        HtmlChecker.Check(html);
        foreach (
            string expected in new[]
            {
                "Results",
                "Light curve",
                "Frames left out",
                "Time audit",
                "The same again",
                "Versions",
                "Citations",
            }
        )
        {
            Assert.Contains($"<h2>{expected}</h2>", html);
            Assert.Contains($">{expected}</a></li>", html);
        }
        Assert.Contains("default-src 'none'", html);
        Assert.DoesNotContain("http:", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.DoesNotContain("https:", html);
    }

    [Fact]
    public void An_almost_empty_report_is_valid_too()
    {
        string html = HtmlReport.Write(new ReportContent { Title = "t" });
        HtmlChecker.Check(html);
        Assert.DoesNotContain("<h2>", html);
        Assert.DoesNotContain("<nav", html);
    }

    [Fact]
    public void Hostile_text_stays_text_wherever_it_stands()
    {
        foreach (string text in Hostile)
        {
            string html = HtmlReport.Write(Content(text));
            HtmlChecker.Check(html);
            Assert.DoesNotContain("<script", html);
            Assert.DoesNotContain("<img", html);
            Assert.DoesNotContain("\u202E", html);
        }
    }

    [Fact]
    public void Numbers_are_set_flush_right_and_missing_values_are_dashes()
    {
        string html = HtmlReport.Write(Content("t"));
        Assert.Contains("<td class=\"number\">2458107.7141</td>", html);
        Assert.Contains("<td class=\"number\">−0.5 %</td>", html);
        Assert.Contains("<td class=\"number missing\">–</td>", html);
        Assert.Contains("<td class=\"missing\">–</td>", html);
        Assert.Contains("<td>tc</td>", html);
    }

    [Fact]
    public void Every_figure_is_there_for_wide_and_for_narrow_screens()
    {
        string html = HtmlReport.Write(Content("t"));
        // One figure, and one sheet of two: three drawings for a phone, two for a desk.
        Assert.Equal(5, html.Split("<svg class=\"fig\"").Length - 1);
        Assert.Equal(3, html.Split("viewBox=\"0 0 380 ").Length - 1);
        Assert.Single(html.Split("svg.fig .title { font-size")[1..]);
    }

    [Fact]
    public void A_row_of_another_length_is_refused()
    {
        var table = new ReportTable(
            "Fit",
            ["a", "b"],
            [
                ["1"],
            ]
        );
        var refused = Assert.Throws<InvalidOperationException>(() => HtmlReport.Write(new ReportContent { Title = "t", Results = table }));
        Assert.Equal("Table 'Fit' has 2 columns and a row of 1 cells.", refused.Message);
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><p>a<p>b</body></html>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><img src=\"http://x/y.png\"></body></html>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><p id=\"a\">a & b</p></body></html>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><p id=\"a\">a</p><p id=\"a\">b</p></body></html>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><a href=\"#gone\">a</a></body></html>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><p onclick=\"x\">a</p></body></html>")]
    [InlineData("<!DOCTYPE html>\n<html lang=\"en\"><body><style>p { background: url(x) }</style></body></html>")]
    public void The_checker_finds_faults(string html) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => HtmlChecker.Check(html));

    private static ReportContent Content(string text)
    {
        var figure = Figure.Of(
            text,
            new Axis(text, text),
            new Axis("Flux"),
            new Series
            {
                Name = text,
                X = [1, 2, 3],
                Y = [1, 2, 3],
            }
        );
        var image = new Image(30, 20);
        image[3, 4] = 9;
        Figure finder = FinderChart.Make(
            image,
            new FinderChartOptions { Title = text, Stars = [new FinderStar(3, 4, text, FinderRole.Target)] }
        );
        return new ReportContent
        {
            Title = text,
            Subtitle = text,
            KeyFacts = [new ReportFact(text, text, text), new ReportFact("Depth", "2.4 %")],
            Summary = [text],
            Notices = [text],
            Results = new ReportTable(
                text,
                [text, "value", "change", "unit"],
                [
                    ["tc", "2458107.7141", "−0.5 %", text],
                    ["rp_rs", "0.154", null, ""],
                ]
            ),
            Sections =
            [
                new ReportSection("Light curve")
                {
                    Paragraphs = [text],
                    Figures =
                    [
                        new ReportFigure(figure, text) { FileName = text },
                        new ReportFigure(
                            new FigureSheet
                            {
                                Title = text,
                                Subtitle = text,
                                Rows =
                                [
                                    [finder, figure],
                                ],
                            },
                            text
                        ),
                    ],
                    Tables =
                    [
                        new ReportTable(
                            text,
                            [text],
                            [
                                [text],
                            ]
                        )
                        {
                            Note = text,
                        },
                    ],
                },
                new ReportSection(text),
            ],
            FramesLeftOut = new ReportTable(
                "Frames left out",
                ["frame", "reason"],
                [
                    [text, "cloud"],
                ]
            ),
            TimeAudit = new ReportTable(
                "Time audit",
                ["step", "value"],
                [
                    [text, text],
                ]
            ),
            CommandLine = text,
            Versions = [new ReportFact("Albireo", text, text)],
            Citations = [text],
        };
    }
}
