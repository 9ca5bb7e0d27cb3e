using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, rows temperature, binning, gain, settings, read noise, saturation.</summary>
public sealed class DetectorTests
{
    [Theory]
    [InlineData("CCD-TEMP")]
    [InlineData("SET-TEMP")]
    [InlineData("TEMPERAT")]
    [InlineData("CCDATEMP")]
    [InlineData("DET-TEMP")]
    [InlineData("CAMTEMP")]
    public void Temperature_by_every_keyword(string keyword)
    {
        FrameInfo frame = Headers.Light($"{keyword} = -25.05");
        Assert.Equal((-25.05, keyword), (frame.TemperatureCelsius!.Value, frame.TemperatureCelsius.From));
    }

    [Fact]
    public void Trap_kelvin()
    {
        FrameInfo said = Headers.Light("CAMTEMP = 271.0 / CCD Camera Temperature in Kelvin, =-1 if no data");
        Assert.Equal(-2.15, said.TemperatureCelsius!.Value, 1e-12);
        Assert.False(said.Warns("CAMTEMP"));
        FrameInfo guessed = Headers.Light("CAMTEMP = 271.0");
        Assert.Equal(-2.15, guessed.TemperatureCelsius!.Value, 1e-12);
        Assert.True(guessed.Warns("read as kelvin"));
        Assert.Null(Headers.Light("CAMTEMP = -1 / in Kelvin, =-1 if no data").TemperatureCelsius);
    }

    [Theory]
    [InlineData("CCD-TEMP= NaN")]
    [InlineData("CCD-TEMP= -999")]
    [InlineData("CCD-TEMP= -999.0")]
    [InlineData("CCD-TEMP= 'N/A'")]
    public void Trap_a_sensor_without_a_reading_is_not_replaced_by_the_set_point(string card)
    {
        FrameInfo frame = Headers.Light(card, "SET-TEMP= -10.0");
        Assert.Null(frame.TemperatureCelsius);
        Assert.Equal((-10, "SET-TEMP"), (frame.SetPointCelsius!.Value, frame.SetPointCelsius.From));
        Assert.True(frame.Warns("CCD-TEMP"));
    }

    [Theory]
    [InlineData("2x2", "XBINNING= 2", "YBINNING= 2")]
    [InlineData("2x1", "CCDXBIN = 2", "CCDYBIN = 1")]
    [InlineData("3x3", "CCDSUM = '3 3'", "COMMENT x")]
    [InlineData("4x4", "XBINNING= 4", "COMMENT x")]
    public void Binning(string expected, string card, string other) => Assert.Equal(expected, Headers.Light(card, other).Binning!.Value);

    [Theory]
    [InlineData("XBINNING= 0")]
    [InlineData("XBINNING= 1.5")]
    [InlineData("XBINNING= -1")]
    public void Trap_no_binning(string card)
    {
        FrameInfo frame = Headers.Light(card, "YBINNING= 1");
        Assert.Null(frame.Binning);
        Assert.True(frame.Warns("XBINNING"));
    }

    [Fact]
    public void A_cooler_that_had_not_settled_is_said() =>
        Assert.True(Headers.Light("CCD-TEMP= 4.0", "SET-TEMP= -20.0").Warns("had not settled"));

    [Fact]
    public void Trap_binning_against_the_size()
    {
        Assert.True(Headers.Light("XBINNING= 1", "YBINNING= 1", "CCDSUM = '2 2'").Warns("CCDSUM = '2 2' means binning 2x2"));
        Assert.True(Headers.Light("CCDSUM = '1 1'", "CCDSEC = '[1:192,1:128]'").Warns("means binning 2"));
        Assert.False(Headers.Light("CCDSUM = '2 2'", "CCDSEC = '[1:192,1:128]'").Warns("binning"));
    }

    [Theory]
    [InlineData("EGAIN = 1.25", 1.25)]
    [InlineData("CVF = 0.8", 0.8)]
    [InlineData("GAIN = 3.2 / GAIN in e-/ADU", 3.2)]
    [InlineData("GAIN = 2.0 / [electrons/ADU] Pixel gain", 2.0)]
    [InlineData("GAIN = 2.0 / electrons per DN", 2.0)]
    [InlineData("GAIN = 0.5 / gain, ADU/e-", 2.0)]
    public void Gain_with_a_unit(string card, double gain)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Equal(gain, frame.Gain!.Value, 1e-12);
        Assert.Null(frame.GainSetting);
    }

    [Fact]
    public void Trap_gain_of_a_cmos_camera_is_a_setting()
    {
        FrameInfo frame = Headers.Light("GAIN = 120 / Sensor gain", "OFFSET = 30", "READOUTM= 'High Gain'");
        Assert.Null(frame.Gain);
        Assert.Equal(("120", "30", "High Gain"), (frame.GainSetting!.Value, frame.OffsetSetting!.Value, frame.ReadoutMode!.Value));
        FrameInfo both = Headers.Light("GAIN = 120", "EGAIN = 0.77");
        Assert.Equal((0.77, "120"), (both.Gain!.Value, both.GainSetting!.Value));
        Assert.Equal("800", Headers.Light("ISO = 800").GainSetting!.Value);
        Assert.Equal("default", Headers.Light("CONFMODE= 'default'").ReadoutMode!.Value);
    }

    [Theory]
    [InlineData("EGAIN = 0.0")]
    [InlineData("EGAIN = -1.2")]
    [InlineData("GAIN = 1.37")]
    public void Trap_no_gain(string card)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Null(frame.Gain);
        Assert.True(frame.Warns("GAIN"));
    }

    [Fact]
    public void The_profile_knows_the_gain_better_and_says_so()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\ngain: 2.5\nread-noise: 7", "x.yaml");
        FrameInfo frame = Headers.Light(profile, "EGAIN = 1.0");
        Assert.Equal((2.5, "profile", 7.0), (frame.Gain!.Value, frame.Gain.From, frame.ReadNoiseElectrons!.Value));
        Assert.True(frame.Warns("the profile is used"));
    }

    [Theory]
    [InlineData("RDNOISE")]
    [InlineData("READNOIS")]
    [InlineData("RON")]
    [InlineData("ENOISE")]
    public void Read_noise(string keyword) => Assert.Equal(9.5, Headers.Light($"{keyword} = 9.5").ReadNoiseElectrons!.Value);

    [Fact]
    public void Trap_read_noise_in_adu()
    {
        FrameInfo frame = Headers.Light("EGAIN = 2.0", "RDNOISE = 5.0 / [ADU] read noise");
        Assert.Equal((10, "RDNOISE*EGAIN"), (frame.ReadNoiseElectrons!.Value, frame.ReadNoiseElectrons.From));
        Assert.Null(Headers.Light("RDNOISE = 5.0 / [ADU] read noise").ReadNoiseElectrons);
        Assert.Null(Headers.Light("RDNOISE = 0.0").ReadNoiseElectrons);
    }

    [Theory]
    [InlineData("SATURATE")]
    [InlineData("MAXLIN")]
    [InlineData("DATAMAX")]
    [InlineData("SATLEVEL")]
    public void Saturation(string keyword) => Assert.Equal((55000, keyword), Read(Headers.Light($"{keyword} = 55000.0")));

    [Fact]
    public void Saturation_of_the_profile_or_the_type()
    {
        Assert.Equal((4095, "profile"), Read(Headers.Light(TelescopeLibrary.Open().Find("microobservatory")!)));
        Assert.Equal((65535, "BITPIX"), Read(Headers.Light()));
        FrameInfo negative = Headers.Light("SATURATE= -1");
        Assert.Equal((65535, "BITPIX"), Read(negative));
        Assert.True(negative.Warns("SATURATE"));
    }

    private static (double, string) Read(FrameInfo frame) => (frame.Saturation!.Value, frame.Saturation.From);
}
