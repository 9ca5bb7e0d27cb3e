using System.Text.Json;
using Albireo.Pipeline.Plots;

namespace Albireo.Tests.Plots;

public class FigureJsonTests
{
    private static readonly Figure Example = new()
    {
        Title = "t",
        X = Axis.OfJulianDate("JD_UTC"),
        EqualScale = true,
        Panels =
        [
            new Panel(new Axis("Magnitude", "mag") { Inverted = true, Min = -1.5 })
            {
                Series =
                [
                    new Series
                    {
                        Name = "s",
                        X = [1, 2, 3],
                        Y = [0.1, double.NaN, double.PositiveInfinity],
                        States = [PointState.Used, PointState.Flagged, PointState.Used],
                        PointNames = ["a", "b", "c"],
                        Marker = PointMarker.Diamond,
                    },
                ],
                Marks =
                [
                    new Mark.VerticalLine(2, "flip") { Color = ColorSlot.Purple, Dashed = true },
                    new Mark.VerticalBand(1, 2),
                    new Mark.HorizontalLine(1),
                    new Mark.HorizontalBand(1, 2),
                    new Mark.Text(1, 2, "here"),
                    new Mark.Circle(1, 2, 3, "T"),
                    new Mark.Segment(1, 2, 3, 4, "N") { Arrow = true },
                ],
                Picture = new Picture([1, 2, 255], -0.5, 9.5, -0.5, 4.5),
            },
        ],
    };

    [Fact]
    public void Names_are_snake_case_and_missing_numbers_null()
    {
        using JsonDocument json = JsonDocument.Parse(FigureJson.Write(Example));
        JsonElement panel = json.RootElement.GetProperty("panels")[0];
        JsonElement series = panel.GetProperty("series")[0];
        Assert.Equal("[0.1,null,null]", series.GetProperty("y").GetRawText());
        Assert.Equal("""["used","flagged","used"]""", series.GetProperty("states").GetRawText());
        Assert.Equal("a", series.GetProperty("point_names")[0].GetString());
        Assert.Equal("vertical_line", panel.GetProperty("marks")[0].GetProperty("kind").GetString());
        Assert.Equal("purple", panel.GetProperty("marks")[0].GetProperty("color").GetString());
        Assert.Equal("julian_date", json.RootElement.GetProperty("x").GetProperty("scale").GetString());
        Assert.Equal("AQL/", panel.GetProperty("picture").GetProperty("png").GetString());
    }

    [Fact]
    public void What_is_written_is_read_back_and_draws_the_same()
    {
        string json = FigureJson.Write(Example);
        Figure read = FigureJson.Read(json);
        Assert.Equal(json, FigureJson.Write(read));
        Assert.Equal(SvgWriter.Write(Example), SvgWriter.Write(read));
        Assert.Equal(Example.Panels[0].Marks, read.Panels[0].Marks);
        Assert.True(double.IsNaN(read.Panels[0].Series[0].Y[1]));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"title\":")]
    public void Anything_else_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => FigureJson.Read(json));
}
