using Albireo.Science.LightCurves;
using Albireo.Tests.Support;

namespace Albireo.Tests.LightCurves;

public sealed class PeriodSearchTests
{
    private static readonly double[] Durations = [0.05, 0.1, 0.16];

    [Fact]
    public void Lomb_Scargle_agrees_with_astropy()
    {
        (double[] times, double[] flux, double[] errors) = Data();
        ReferenceRow[] rows = [.. Reference.Rows("lomb_scargle.csv")];
        double[] power = LombScargle.Power(times, flux, errors, [.. rows.Select(r => r["frequency"])]);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i]["power"], power[i], 1e-9);
            double alarm = LombScargle.FalseAlarmProbability(power[i], 5, times, errors);
            Assert.Equal(rows[i]["false_alarm"], alarm, 1e-6 * rows[i]["false_alarm"] + 1e-12);
        }
        Assert.Throws<ArgumentException>(() => LombScargle.Power([1, 2, 3], [1, 2, 3], default, [1]));
        Assert.Throws<ArgumentException>(() => LombScargle.Power([1, 2, 3, 4], [1, 1, 1, 1], default, [1]));
    }

    [Fact]
    public void Box_least_squares_agrees_with_astropy()
    {
        (double[] times, double[] flux, double[] errors) = Data();
        ReferenceRow[] rows = [.. Reference.Rows("box_least_squares.csv")];
        BoxPeak[] peaks = BoxLeastSquares.Search(times, flux, errors, [.. rows.Select(r => r["period"])], Durations);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i]["power"], peaks[i].Power, 1e-7 * rows[i]["power"]);
            Assert.Equal(rows[i]["depth"], peaks[i].Depth, 1e-9);
            Assert.Equal(rows[i]["depth_error"], peaks[i].DepthError, 1e-9);
            Assert.Equal(rows[i]["duration"], peaks[i].Duration);
            double turns = (rows[i]["transit_time"] - peaks[i].TransitTime) / rows[i]["period"];
            Assert.Equal(0, turns - Math.Round(turns), 1e-9);
        }
        Assert.Equal(1.7, peaks.MaxBy(p => p.Power).Period, 0.05);
        Assert.Throws<ArgumentException>(() => BoxLeastSquares.Search(times, flux, errors, [0.1], Durations));
    }

    private static (double[] Times, double[] Flux, double[] Errors) Data()
    {
        ReferenceRow[] rows = [.. Reference.Rows("periods_data.csv")];
        return ([.. rows.Select(r => r["time"])], [.. rows.Select(r => r["flux"])], [.. rows.Select(r => r["error"])]);
    }
}
