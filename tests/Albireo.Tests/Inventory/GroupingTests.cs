using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>Nights, groups, observations and filters, as prose's FitsManager has them.</summary>
public sealed class GroupingTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private int seed;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("2017-12-20T01:33:43", null, "2017-12-19")] // less 15 hours
    [InlineData("2017-12-19T14:59:59", null, "2017-12-18")]
    [InlineData("2017-12-19T15:00:01", null, "2017-12-19")]
    [InlineData("2017-12-20T01:33:43", -110.88, "2017-12-19")]
    [InlineData("2017-12-20T13:00:00", -110.88, "2017-12-19")] // dawn in Arizona
    [InlineData("2018-03-26T14:04:06", 128.46, "2018-03-26")] // evening in Korea
    [InlineData("2018-03-26T20:00:00", 128.46, "2018-03-26")]
    [InlineData("2018-03-27T04:00:00", 128.46, "2018-03-27")] // past noon of the next day
    [InlineData("2018-03-26T22:00:00", 0.0, "2018-03-26")]
    [InlineData("2018-03-27T11:59:00", 0.0, "2018-03-26")]
    [InlineData("2018-12-31T23:00:00", 0.0, "2018-12-31")]
    public void A_night_begins_at_local_noon(string start, double? longitude, string night)
    {
        Assert.True(JulianDate.TryParseIso(start, out JulianDate utc, out _));
        Assert.Equal(night, ObservingNight.Of(utc, longitude).ToString("yyyy-MM-dd"));
    }

    [Fact]
    public void Groups_differ_in_more_than_time()
    {
        Frame("LIGHT", "M 13", "V", 60, "2025-03-14T21:00:00");
        Frame("LIGHT", "m_13", "V", 60, "2025-03-15T02:00:00"); // no other target, as in observations
        Frame("LIGHT", "M 13", "V", 30, "2025-03-15T02:10:00");
        Frame("LIGHT", "M 13", "R", 60, "2025-03-15T02:20:00");
        Frame("LIGHT", "M 13", "V", 60, "2025-03-15T22:00:00");
        Frame("FLAT", "dusk", "V", 2, "2025-03-14T18:00:00");
        Frame("FLAT", "dawn", "V", 2, "2025-03-15T05:00:00");
        Frame("BIAS", "x", "V", 0, "2025-03-14T18:10:00");
        Frame("BIAS", "y", "R", 0, "2025-03-14T18:11:00");
        NightInventory inventory = Inventories.Of(folder.Path);
        Assert.Equal(
            [
                "2025-03-14 light R M 13 60 1",
                "2025-03-14 light V M 13 30 1",
                "2025-03-14 light V M 13 60 2",
                "2025-03-14 bias   0 2",
                "2025-03-14 flat V  2 2",
                "2025-03-15 light V M 13 60 1",
            ],
            inventory
                .Groups()
                .Select(g => $"{g.Night:yyyy-MM-dd} {g.Kind.Word()} {g.Filter} {g.Target} {g.ExposureSeconds} {g.Frames.Count}")
        );
        Assert.Equal(6, InventoryTable.Groups(inventory).Count());
    }

    [Fact]
    public void Observations_are_target_filter_instrument_night()
    {
        Frame("LIGHT", "HAT-P-32", "r'", 60, "2025-03-14T21:00:00");
        Frame("LIGHT", "hat-p-32 ", "r'", 60, "2025-03-14T21:10:00");
        Frame("LIGHT", "HAT-P-32", "rp", 60, "2025-03-14T21:20:00");
        Frame("LIGHT", "../../etc", "V", 60, "2025-03-14T22:00:00");
        Frame("LIGHT", "HAT-P-32", "r'", 60, "2025-03-15T21:00:00");
        Frame("LIGHT", "HAT-P-32", "r'", 60, "2025-03-15T21:10:00", "OTHER");
        TinyFits.Write(
            folder.At("small.fits"),
            98,
            4,
            4,
            "IMAGETYP= 'LIGHT'",
            "OBJECT = 'HAT-P-32'",
            "FILTER = 'r'''",
            "EXPTIME = 60.0",
            "DATE-OBS= '2025-03-14T20:00:00'",
            "INSTRUME= 'CAM'"
        );
        NightInventory inventory = Inventories.Of(folder.Path);
        Assert.Equal(
            [
                "etc_V_2025-03-14 1",
                "HAT-P-32_rp_2025-03-14 2",
                "HAT-P-32_rp_2025-03-14_CAM 1",
                "HAT-P-32_rp_2025-03-15 1",
                "HAT-P-32_rp_2025-03-15_OTHER 1",
            ],
            inventory.Observations().Select(o => $"{o.Label} {o.Lights.Count}")
        );
        FrameInfo misfit = Assert.Single(inventory.Observations().SelectMany(o => o.Misfits));
        Assert.Equal($"{folder.At("small.fits")}: the picture is 4×4, the other lights are 8×6.", misfit.Problem);
        Assert.Equal(4, inventory.Observations(join: true).Count);
    }

    [Theory]
    [InlineData("light", null, null, null, null, 3)]
    [InlineData(null, "m*", null, null, null, 2)]
    [InlineData(null, null, "rp", null, null, 1)]
    [InlineData(null, null, "?", null, null, 2)]
    [InlineData(null, null, null, "cam*", null, 3)]
    [InlineData(null, null, null, null, "2025-03-15", 1)]
    [InlineData(null, null, null, null, "2025-*", 4)]
    public void Filters_have_wildcards(string? kind, string? target, string? filter, string? instrument, string? night, int count)
    {
        Frame("LIGHT", "M 13", "V", 60, "2025-03-14T21:00:00");
        Frame("LIGHT", "M 92", "r'", 60, "2025-03-15T21:00:00");
        Frame("LIGHT", "Vega", "V", 60, "2025-03-14T22:00:00", "OTHER");
        Frame("DARK", "", "", 60, "2025-03-14T22:00:00");
        var options = new ScanOptions
        {
            Filter = new FrameFilter
            {
                Kind = kind,
                Target = target,
                Filter = filter,
                Instrument = instrument,
                Night = night,
            },
        };
        Assert.Equal(count, Inventories.Of(folder.Path, options).Frames.Count);
    }

    [Fact]
    public void Frames_without_a_site_take_the_night_of_their_camera()
    {
        Frame("LIGHT", "M 13", "V", 60, "2025-03-14T14:00:00", "CAM", "SITELAT = 36.0", "SITELONG= 128.0");
        Frame("BIAS", "", "", 0, "2025-03-14T14:30:00");
        NightInventory inventory = Inventories.Of(folder.Path);
        Assert.All(inventory.Frames, f => Assert.Equal(new DateOnly(2025, 3, 14), inventory.NightOf(f)));
    }

    private void Frame(
        string kind,
        string target,
        string filter,
        double exposure,
        string start,
        string camera = "CAM",
        params string[] cards
    ) =>
        TinyFits.Write(
            folder.At($"f{++seed:D3}.fits"),
            seed,
            [
                $"IMAGETYP= '{kind}'",
                $"OBJECT = '{target}'",
                $"FILTER = '{filter.Replace("'", "''", StringComparison.Ordinal)}'",
                $"EXPTIME = {exposure:0.0}",
                $"DATE-OBS= '{start}'",
                $"INSTRUME= '{camera}'",
                .. cards,
            ]
        );
}
