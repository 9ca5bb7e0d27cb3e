using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>The two real nights, with the traps of their headers.</summary>
public sealed class RealNightsTests
{
    [Fact]
    public void Hatp32_has_no_kinds_local_dates_west_longitudes_and_kelvin()
    {
        NightInventory night = Inventories.Of(Repository.Shared("hatp32"));
        Assert.Equal(142, night.Frames.Count);
        Assert.Empty(night.Problems);
        Assert.All(
            night.Frames,
            f => Assert.Equal((null, FrameKind.Light, FrameKind.Light), (f.Kind, f.SuggestedKind!.Value, f.EffectiveKind))
        );
        FrameInfo first = night.Frames[0];
        Assert.Equal("HATP-32171220013343", first.Name);
        Assert.Equal("2017-12-20T01:33:43.317", first.Start!.Value.ToIso(3));
        Assert.Equal("UT-OBS", first.Start.From);
        Assert.Equal((60, "EXPTIME"), (first.ExposureSeconds!.Value, first.ExposureSeconds.From));
        Assert.Equal(-110.88, first.Site!.Value.LongitudeDegrees, 1e-9);
        Assert.Equal(-2.15, first.TemperatureCelsius!.Value, 1e-9);
        Assert.Equal(4095, first.Saturation!.Value);
        Assert.Equal(5.21, first.PixelScaleArcsec!.Value);
        Assert.Equal("microobservatory", first.Profile);
        Assert.Contains("There are no bias, dark or flat frames: lights only.", night.Notices);
        Assert.Contains(night.Notices, n => n.Contains("header names no kind", StringComparison.Ordinal));
        Observation only = Assert.Single(night.Observations());
        Assert.Equal("HATP-32_Clear_2017-12-19", only.Label);
    }

    [Fact]
    public void Hatp32_mid_exposures_equal_the_table_to_a_millisecond()
    {
        NightInventory night = Inventories.Of(Repository.Shared("hatp32"));
        Dictionary<string, FrameInfo> byFile = night.Frames.ToDictionary(f => Path.GetFileName(f.Path));
        int rows = 0;
        foreach (string line in File.ReadLines(Repository.Shared("hatp32", "times.csv")).Where(l => !l.StartsWith('#')).Skip(1))
        {
            string[] cells = line.Split(',');
            FrameInfo frame = byFile[cells[0]];
            JulianDate mid = frame.Start!.Value.AddSeconds(frame.ExposureSeconds!.Value / 2);
            (double day, double fraction) = (double.Parse(cells[1].Split('.')[0]), double.Parse("0." + cells[1].Split('.')[1]));
            Assert.InRange(mid.DaysSince(new JulianDate(day, fraction, TimeScale.Utc)) * 86400, -0.001, 0.001);
            rows++;
        }
        Assert.Equal(142, rows);
    }

    [Fact]
    public void Lpseb35_has_every_kind_and_its_height_is_not_where_it_points()
    {
        NightInventory night = Inventories.Of(Repository.Shared("lpseb35"));
        Assert.Empty(night.Problems);
        Assert.Equal((60, 7, 5, 3), (Count(FrameKind.Light), Count(FrameKind.Bias), Count(FrameKind.Dark), Count(FrameKind.Flat)));
        int Count(FrameKind kind) => night.OfKind(kind).Count();
        FrameInfo light = night.OfKind(FrameKind.Light).First();
        Assert.Equal(("LPSEB35_g_20250530_034359", "IMAGETYP", "LIGHT"), (light.Name, light.Kind!.From, light.Kind.Raw));
        Assert.Equal("2025-05-30T03:44:00.190", light.Start!.Value.ToIso(3));
        Assert.Equal((2788, "ALT-OBS"), (light.SiteHeightMetres!.Value, light.SiteHeightMetres.From));
        Assert.Equal(-105.8202778, light.Site!.Value.LongitudeDegrees, 1e-6);
        Assert.Equal(-25, light.SetPointCelsius!.Value);
        Assert.Equal("1x1", light.Binning!.Value);
        Assert.Equal("g", light.Filter!.Value);
        Assert.Equal(65535, light.Saturation!.Value);
        Assert.Equal(508, light.ApertureDiameterMillimetres!.Value);
        Assert.Equal(0.6694, light.PixelScaleArcsec!.Value, 1e-3);
        Assert.Equal([30.30, 31.58, 31.77], night.OfKind(FrameKind.Flat).Select(f => f.ExposureSeconds!.Value).Order());
        Observation only = Assert.Single(night.Observations());
        Assert.Equal("LPSEB35_g_2025-05-29", only.Label);
        Assert.All(night.Frames, f => Assert.Equal(new DateOnly(2025, 5, 29), night.NightOf(f)));
    }
}
