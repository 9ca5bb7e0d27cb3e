using Albireo.Fits;
using Albireo.Science.Simulation;

namespace Albireo.Pipeline.Stages;

/// <summary>Headers of simulated frames, in the manner of MaxIm DL.</summary>
internal static class SimulatedHeader
{
    public static FitsHeader Of(FrameTruth truth, SimulateOptions options)
    {
        NightPlan plan = options.Plan;
        var header = new FitsHeader();
        header.Set("DATE-OBS", truth.Start.ToIso(), "YYYY-MM-DDThh:mm:ss, start of exposure, UTC");
        header.Set("EXPTIME", truth.ExposureSeconds, "Exposure time in seconds");
        header.Set("EXPOSURE", truth.ExposureSeconds, "Exposure time in seconds");
        header.Set("SET-TEMP", -20.0, "CCD temperature setpoint in C");
        header.Set("CCD-TEMP", -20.0, "CCD temperature at start of exposure in C");
        header.Set("XPIXSZ", 9.0, "Pixel width in microns (after binning)");
        header.Set("YPIXSZ", 9.0, "Pixel height in microns (after binning)");
        header.Set("XBINNING", 1, "Binning factor in width");
        header.Set("YBINNING", 1, "Binning factor in height");
        header.Set("XORGSUBF", 0, "Subframe X position in binned pixels");
        header.Set("YORGSUBF", 0, "Subframe Y position in binned pixels");
        header.Set("READOUTM", "Normal", "Readout mode of image");
        header.Set("IMAGETYP", Kind(truth.Kind), "Type of image");
        header.Set("EGAIN", plan.Detector.GainElectronsPerAdu, "Electronic gain in e-/ADU");
        header.Set("RDNOISE", plan.Detector.ReadNoiseElectrons, "Read noise in e-");
        if (plan.Detector.SaturationAdu < ushort.MaxValue)
        {
            header.Set("SATURATE", plan.Detector.SaturationAdu, "Saturation level in ADU");
        }
        header.Set("TELESCOP", "Simulated 0.3 m", "telescope used to acquire this image");
        header.Set("INSTRUME", "Simulated CCD", "instrument or camera used");
        if (plan.TelescopeDiameterMetres is { } diameter)
        {
            header.Set("APTDIA", 1000 * diameter, "Aperture diameter of telescope in mm");
        }
        header.Set("FOCALLEN", 2000.0, "Focal length of telescope in mm");
        header.Set("OBSERVER", "albireo simulate", "");
        if (truth.Kind is SimulatedFrameKind.Flat or SimulatedFrameKind.Light)
        {
            header.Set("FILTER", options.Filter, "Filter used when taking image");
        }
        if (truth.Kind == SimulatedFrameKind.Light)
        {
            Field(header, truth, options);
        }
        header.Set("SWCREATE", "Albireo simulator", "Name of software that created the image");
        return header;
    }

    private static void Field(FitsHeader header, FrameTruth truth, SimulateOptions options)
    {
        NightPlan plan = options.Plan;
        header.Set("OBJECT", options.ObjectName, "target object name");
        header.Set("OBJCTRA", plan.Target.RightAscensionText(2).Replace(':', ' '), "Nominal Right Ascension of center of image");
        header.Set("OBJCTDEC", plan.Target.DeclinationText(1).Replace(':', ' '), "Nominal Declination of center of image");
        header.Set("SITELAT", Degrees(plan.Site.LatitudeDegrees), "Latitude of the imaging location, north positive");
        header.Set("SITELONG", Degrees(plan.Site.LongitudeDegrees), "Longitude of the imaging location, east positive");
        header.Set("SITEELEV", plan.Site.HeightMetres, "Height of the imaging location in metres");
        header.Set("AIRMASS", Math.Round(truth.Conditions!.Airmass, 5), "Relative optical path length through atmosphere");
        header.Set("PIERSIDE", truth.Index >= plan.FlipAtFrame ? "WEST" : "EAST", "Side of pier telescope is on");
    }

    private static string Kind(SimulatedFrameKind kind) =>
        kind switch
        {
            SimulatedFrameKind.Bias => "Bias Frame",
            SimulatedFrameKind.Dark => "Dark Frame",
            SimulatedFrameKind.Flat => "Flat Field",
            SimulatedFrameKind.Light => "Light Frame",
        };

    private static string Degrees(double value)
    {
        long seconds = (long)Math.Round(Math.Abs(value) * 3600);
        return $"{(value < 0 ? "-" : "+")}{seconds / 3600:00} {seconds / 60 % 60:00} {seconds % 60:00}";
    }
}
