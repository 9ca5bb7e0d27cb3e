using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Instruments;

/// <summary>
/// From the cards of one picture to what the program knows of the frame: one concept, its keywords in order of trust, its traps
/// (docs/stages/inventory.md has the table). What is missing stays missing; what is odd is a warning; what the words for the kind
/// contradict is a <see cref="FrameInfo.Contradiction"/>.
/// </summary>
public static class HeaderMap
{
    /// <summary>Raised when the same header gives another <see cref="FrameInfo"/>: cached readings of older versions are dropped.</summary>
    internal const int Version = 3;

    /// <param name="path">The file.</param>
    /// <param name="header">Of the HDU that holds the picture.</param>
    /// <param name="primary">The file's first header, where the picture lies in an extension that does not say INHERIT = F.</param>
    /// <param name="hdu">Index of the picture's HDU.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="profile">What is known of the telescope, or null.</param>
    /// <param name="largestCount">The largest value that the pixels' type holds; null for floating point.</param>
    /// <param name="axes">NAXIS.</param>
    public static FrameInfo Read(
        string path,
        FitsHeader header,
        FitsHeader? primary,
        int hdu,
        int width,
        int height,
        TelescopeProfile? profile,
        double? largestCount = null,
        int axes = 2
    )
    {
        var reading = new HeaderReading(header, primary, profile);
        Sourced<string>? objectName = reading.Text(reading.KeywordsOf(Concepts.Object));
        Sourced<FrameKind>? kind = KindReader.FromHeader(reading, out string? contradiction);
        Sourced<FrameKind>? suggested =
            kind is null && contradiction is null ? KindReader.Suggested(path, objectName?.Value, profile, out contradiction) : null;
        Sourced<double>? exposure = ExposureReader.Read(reading);
        Sourced<JulianDate>? start = StartReader.Read(reading, exposure);
        PixelBinning? binning = DetectorReader.Binning(reading, width, out Sourced<string>? binningFrom);
        Sourced<double>? gain = GainReader.Gain(reading);
        Sourced<Site>? site = PlaceReader.Site(reading, out Sourced<double>? siteHeight);
        var frame = new FrameInfo
        {
            Path = path,
            Name = FrameName.Of(path),
            Hdu = hdu,
            Axes = (int)(Stated(reading, Concepts.Axes)?.Value ?? axes),
            Width = width,
            Height = height,
            Kind = kind,
            SuggestedKind = suggested,
            Contradiction = contradiction is not null
                ? $"{contradiction}: the kind of the frame is not known."
                : OtherSize(reading, Concepts.Columns, width, "columns") ?? OtherSize(reading, Concepts.Rows, height, "rows"),
            ExposureSeconds = exposure,
            Filter = PictureReader.Filter(reading),
            Start = start,
            Binning = binningFrom,
            TemperatureCelsius = DetectorReader.Temperature(reading),
            SetPointCelsius = DetectorReader.SetPoint(reading),
            Gain = gain,
            ReadNoiseElectrons = DetectorReader.ReadNoise(reading, gain),
            Saturation = DetectorReader.Saturation(reading, gain, largestCount),
            GainSetting = GainReader.GainSetting(reading),
            OffsetSetting = DetectorReader.OffsetSetting(reading),
            ReadoutMode = reading.Text(reading.KeywordsOf(Concepts.ReadoutMode)),
            ObjectName = objectName,
            Instrument = reading.Text(["INSTRUME"]),
            Telescope = reading.Text(["TELESCOP"]),
            Pointing = PlaceReader.Pointing(reading, start),
            Site = site,
            SiteHeightMetres = siteHeight,
            PixelScaleArcsec = OpticsReader.PixelScale(reading, binning),
            ApertureDiameterMillimetres = OpticsReader.ApertureDiameter(reading),
            Overscan = PictureReader.Section(reading, Concepts.Overscan, width, height),
            TrimSection = PictureReader.Section(reading, Concepts.Trim, width, height) ?? PictureReader.Trimmed(reading, width, height),
            SubFrameOrigin = PictureReader.SubFrameOrigin(reading, binning),
            BayerPattern = PictureReader.BayerPattern(reading, height),
            PierSide = PictureReader.PierSide(reading),
            Pedestal = reading.Number(reading.KeywordsOf(Concepts.Pedestal), _ => true, "a pedestal"),
            Profile = profile is { Name.Length: > 0 } named ? named.Name : null,
        };
        if (frame.EffectiveKind is FrameKind.Light or FrameKind.Unknown)
        {
            frame = frame with { Airmass = reading.Number(reading.KeywordsOf(Concepts.Airmass), x => x is >= 0.99 and < 50, "an airmass") };
        }
        return frame with { Warnings = [.. reading.Warnings, .. FrameSense.Of(frame)] };
    }

    private static Sourced<double>? Stated(HeaderReading reading, string concept) =>
        reading.Number(reading.KeywordsOf(concept), v => v >= 0 && v == Math.Floor(v), "a number of axes or pixels");

    /// <summary>A keyword that the user or the profile names for the size, and that has another one.</summary>
    private static string? OtherSize(HeaderReading reading, string concept, int size, string what) =>
        Stated(reading, concept) is { } stated && stated.Value != size
            ? $"{stated.From} = {stated.Raw}, but the picture has {size} {what}"
            : null;
}
