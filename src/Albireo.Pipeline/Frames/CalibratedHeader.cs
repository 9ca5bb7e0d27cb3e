using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Frames;

/// <summary>The raw header made true for the calibrated picture: geometry, coordinates, unit. Everything else stays.</summary>
public static class CalibratedHeader
{
    /// <exception cref="AlbireoException">Nominal coordinates are asked for and their direction or scale is unknown.</exception>
    public static FitsHeader Of(Frame frame, ReadoutLayout layout, CalibrateOptions options)
    {
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
            AddNominalWcs(header, info, layout, options.NominalWcs);
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
        return header;
    }

    /// <summary>The picture's middle looks at the target, north is up, east is left.</summary>
    private static void AddNominalWcs(FitsHeader header, FrameInfo info, ReadoutLayout layout, NominalWcsChoice choice)
    {
        SkyCoordinate target =
            choice.Target is { } text && SkyCoordinate.TryParse(text, out SkyCoordinate given, out _) ? given
            : info.Pointing is { } pointing ? pointing.Value
            : throw new AlbireoException(
                Failure.Usage,
                $"{info.Path}: nominal coordinates need a direction, and the header has none: --set calibrate.nominal-wcs.target=RA,DEC."
            );
        double scale =
            choice.PixelScale
            ?? info.PixelScaleArcsec?.Value
            ?? throw new AlbireoException(
                Failure.Usage,
                $"{info.Path}: nominal coordinates need arc seconds a pixel, and neither header nor profile has them: --set calibrate.nominal-wcs.pixel-scale=."
            );
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
