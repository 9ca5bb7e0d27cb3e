using Albireo.Science.Transits;

namespace Albireo.Tests.Transits;

public sealed class EphemerisTests
{
    [Fact]
    public void Observed_minus_calculated_by_hand()
    {
        var ephemeris = new Ephemeris(2454420.44637, 0.00009, 2.1500082, 1e-7);
        ObservedMinusCalculated o = ephemeris.Compare(2458107.7125, 0.001);
        Assert.Equal(1715, o.Epoch);
        Assert.Equal(2454420.44637 + (1715 * 2.1500082), o.PredictedBjd, 1e-8);
        Assert.Equal((2458107.7125 - o.PredictedBjd) * 1440, o.Minutes, 1e-3);
        double predicted = Math.Sqrt(Math.Pow(0.00009, 2) + Math.Pow(1715e-7, 2));
        Assert.Equal(predicted, o.PredictedError, 1e-12);
        Assert.Equal(Math.Sqrt(1e-6 + (predicted * predicted)) * 1440, o.ErrorMinutes, 1e-9);
        Assert.Null(o.Doubt);
        Assert.Equal(0, ephemeris.Phase(o.PredictedBjd), 1e-8);
    }

    [Fact]
    public void An_ephemeris_of_another_century_is_doubted() =>
        Assert.NotNull(new Ephemeris(2415020.5, 0.01, 2.15, 1e-4).Compare(2458107.7, 0.001).Doubt);

    [Fact]
    public void A_period_without_an_error_is_as_sure_as_its_last_digit()
    {
        // 1715 orbits: 0.5e-7 d each are nothing beside 0.001 d, 0.5e-4 d each are two hours, 0.005 d each more than the period.
        string? Doubt(double period) => new Ephemeris(2454420.44637, 0.00009, period, 0).Compare(2458107.7125, 0.001).Doubt;
        Assert.Null(Doubt(2.1500082));
        Assert.Contains("over 1715 orbits half a unit of its last digit is 123.5 min", Doubt(2.1501), StringComparison.Ordinal);
        Assert.Contains("too old or too uncertain", Doubt(2.15), StringComparison.Ordinal);
        Assert.Null(new Ephemeris(2458107.7109, 0, 2.15, 0).Compare(2458107.7125, 0.001).Doubt);
    }

    [Fact]
    public void A_period_is_above_zero() => Assert.Throws<ArgumentOutOfRangeException>(() => new Ephemeris(2454420, 0, 0, 0));
}
