using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Frames;

/// <summary>The raw header made true for the calibrated picture: geometry, coordinates, unit. Everything else stays.</summary>
public static class CalibratedHeader
{
    /// <param name="frame">As it was read.</param>
    /// <param name="layout">What of it was kept.</param>
    /// <param name="options">What was done to it.</param>
    /// <param name="noise">What its uncertainty was told from.</param>
    /// <param name="remarks">Takes a sentence where nominal coordinates are asked for and their direction or scale is not known.</param>
    public static FitsHeader Of(Frame frame, ReadoutLayout layout, CalibrateOptions options, FrameNoise noise, List<string> remarks)
    {
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(options);
        FitsHeader header = frame.Header!.Clone();
        FrameInfo info = frame.Info;
        if (layout.IsTrimmed)
        {
            HeaderGeometry.Cut(header, layout.Kept, info.SubFrameOrigin?.From);
        }
        if (options.Flip == FlipChoice.UpDown)
        {
            HeaderGeometry.FlipUpDown(header, layout.Height);
        }
        if (options.Flip == FlipChoice.LeftRight)
        {
            HeaderGeometry.FlipLeftRight(header, layout.Width);
        }
        if (options.NominalWcs.Enabled && !header.Contains("CTYPE1"))
        {
            AddNominalWcs(header, info, layout, options.NominalWcs, remarks);
        }
        if (layout.PedestalAdu != 0)
        {
            header.Set("PEDESTAL", 0);
        }
        if (options.Electrons)
        {
            if (info.Gain?.From is { } keyword && header.Contains(keyword))
            {
                header.Set(keyword, 1.0, "electrons per unit of the pixels");
            }
            header.Set("EGAIN", 1.0, "electrons per unit of the pixels");
        }
        else
        {
            Tell(header, "EGAIN", noise.Detector.GainElectronsPerAdu, "[e-/adu]", noise.GainFrom, info.Gain);
        }
        Tell(header, "RDNOISE", noise.Detector.ReadNoiseElectrons, "[e-]", noise.ReadNoiseFrom, info.ReadNoiseElectrons);
        return header;
    }

    /// <summary>What the header itself does not say, or says otherwise than the user.</summary>
    private static void Tell(FitsHeader header, string keyword, double? value, string unit, string from, Sourced<double>? own)
    {
        const int longest = 30;
        bool isThere = own is not null && header.Contains(own.From) && own.Value == value;
        if (value is { } known && !isThere)
        {
            header.Set(keyword, known, $"{unit} {(from.Length <= longest ? from : "measured from bias and flat pairs")}");
        }
    }

    /// <summary>The picture's middle looks at the target, north is up, east is left.</summary>
    private static void AddNominalWcs(
        FitsHeader header,
        FrameInfo info,
        ReadoutLayout layout,
        NominalWcsChoice choice,
        List<string> remarks
    )
    {
        SkyCoordinate? direction = choice.Target is { } text
            ? SkyCoordinate.TryParse(text, out SkyCoordinate given, out _)
                ? given
                : null
            : info.Pointing?.Value;
        if (direction is not { } target)
        {
            remarks.Add(
                "no nominal coordinates: the header names no direction; --sky RA,DEC or --set calibrate.nominal-wcs.target=RA,DEC gives it."
            );
            return;
        }
        if ((choice.PixelScale ?? info.PixelScaleArcsec?.Value) is not { } scale)
        {
            remarks.Add(
                "no nominal coordinates: neither header nor profile tells arc seconds a pixel; --set calibrate.nominal-wcs.pixel-scale= gives them."
            );
            return;
        }
        if (info.SubFrameOrigin is { From: "CRVAL1,CRVAL2" } origin)
        {
            // These keywords become coordinates: where the sub-frame began is kept as IRAF does.
            header.Set("LTV1", -(double)(origin.Value.Column + layout.Kept.FirstColumn));
            header.Set("LTV2", -(double)(origin.Value.Row + layout.Kept.FirstRow));
        }
        double half = choice.HalfPixelOff ? 0 : 0.5;
        header.Set("CTYPE1", "RA---TAN", "nominal: where the telescope was to point");
        header.Set("CTYPE2", "DEC--TAN");
        header.Set("CRVAL1", target.RightAscensionDegrees, "[deg]");
        header.Set("CRVAL2", target.DeclinationDegrees, "[deg]");
        header.Set("CRPIX1", (layout.Width / 2.0) + half);
        header.Set("CRPIX2", (layout.Height / 2.0) + half);
        header.Set("CDELT1", -scale / 3600, "[deg] a pixel, nominal");
        header.Set("CDELT2", scale / 3600);
        header.Set("RADESYS", "ICRS");
        foreach (string keyword in (string[])["CD1_1", "CD1_2", "CD2_1", "CD2_2", "CROTA1", "CROTA2", "EQUINOX", "EPOCH"])
        {
            header.Remove(keyword);
        }
    }
}
