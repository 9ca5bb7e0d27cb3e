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
    public void A_period_is_above_zero() => Assert.Throws<ArgumentOutOfRangeException>(() => new Ephemeris(2454420, 0, 0, 0));
}
