using Albireo.Pipeline.Plots;

namespace Albireo.Tests.Plots;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.565, 0.781, 9, "0.60 0.65 0.70 0.75")]
    [InlineData(-0.03, 0.03, 6, "−0.03 −0.02 −0.01 0.00 0.01 0.02 0.03")]
    [InlineData(-1.4, 1.4, 2, "−1 0 1")]
    [InlineData(41200, 43100, 3, "41500 42000 42500 43000")]
    [InlineData(0, 650, 8, "0 100 200 300 400 500 600")]
    [InlineData(0.1, 0.30000000000000004, 3, "0.1 0.2 0.3")]
    public void Labels_are_round_numbers_without_floating_noise(double low, double high, int target, string expected) =>
        Assert.Equal(expected, Labels(Ticks.Linear(low, high, target)));

    [Theory]
    [InlineData(0.02, 8, 9, "0.02 0.05 0.1 0.2 0.5 1 2 5")]
    [InlineData(1e-7, 1e9, 9, "10⁻⁷ 10⁻⁶ 10⁻⁵ 0.0001 0.001 0.01 0.1 1 10 100 1000 10000 100000 10⁶ 10⁷ 10⁸ 10⁹")]
    [InlineData(3, 4.5, 5, "3.0 3.5 4.0 4.5")]
    [InlineData(2, 7, 5, "2 3 4 5 6 7")]
    public void Logarithmic_labels_are_decades_with_2_and_5_where_there_is_room(double low, double high, int target, string expected) =>
        Assert.Equal(expected, Labels(Ticks.Logarithmic(low, high, target)));

    [Fact]
    public void Every_range_gets_from_three_labels_to_a_few_more_than_there_is_room_for()
    {
        for (int i = 0; i < 2000; i++)
        {
            double low = (i % 7) - 3.3;
            double span = Math.Pow(10, (i % 29) - 14) * (1 + (i % 13));
            List<Ticks.Tick> ticks = Ticks.Linear(low * span, (low + 1) * span, 5);
            int labels = ticks.Count(t => t.Label is not null);
            Assert.True(labels is >= 3 and <= 11, $"{labels} labels from {low * span} over {span}");
            Assert.All(ticks, t => Assert.InRange(t.Value, (low - 1e-6) * span, (low + 1 + 1e-6) * span));
            Assert.Equal(labels, ticks.Where(t => t.Label is not null).Select(t => t.Label).Distinct().Count());
        }
    }

    [Fact]
    public void Days_and_large_common_parts_move_into_the_axis_label()
    {
        ResolvedAxis days = ResolvedAxis.Of(Axis.OfJulianDate("BJD_TDB"), 2458107.567, 2458107.774, 0.02, 8);
        Assert.Equal("BJD_TDB − 2458107 (d)", days.Label);
        Assert.Equal("0.60 0.65 0.70 0.75", Labels(days.Ticks));
        ResolvedAxis flux = ResolvedAxis.Of(new Axis("Flux", "ADU"), 250000, 420000, 0, 4);
        Assert.Equal("Flux (10³ ADU)", flux.Label);
        Assert.Equal("250 300 350 400", Labels(flux.Ticks));
        ResolvedAxis narrow = ResolvedAxis.Of(new Axis("Sky", "ADU"), 12345.1, 12345.6, 0, 4);
        Assert.Equal("Sky − 12345 (ADU)", narrow.Label);
        ResolvedAxis tiny = ResolvedAxis.Of(new Axis("Ratio"), 1e-6, 9e-6, 0, 4);
        Assert.Equal("Ratio (×10⁻⁶)", tiny.Label);
    }

    [Fact]
    public void An_inverted_axis_runs_the_other_way()
    {
        ResolvedAxis axis = ResolvedAxis.Of(new Axis("Magnitude") { Inverted = true }, 10, 14, 0, 5);
        Assert.Equal((1, 0), (axis.Fraction(10), axis.Fraction(14)));
    }

    [Fact]
    public void A_range_that_cannot_be_is_refused() =>
        Assert.Throws<ArgumentException>(() => ResolvedAxis.Of(new Axis("x") { Min = 3, Max = 2 }, 0, 1, 0, 5));

    private static string Labels(IEnumerable<Ticks.Tick> ticks) =>
        string.Join(' ', ticks.Where(t => t.Label is not null).Select(t => t.Label));
}
