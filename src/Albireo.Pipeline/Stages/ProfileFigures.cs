using System.Globalization;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Stars;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>How the stars of the reference frame look: their median with a fitted profile, and the target's pixels by their distance.</summary>
public static class ProfileFigures
{
    private const int MostStars = 60;

    /// <summary>The median star with contours, sums and a fitted Moffat profile; null where no star is whole.</summary>
    public static FigureSheet? PointSpread(FluxTable table, LightCurve? curve, ReferenceFrame reference)
    {
        int frame = RowOf(table, reference);
        double fwhm = frame < 0 ? double.NaN : table.Frames[frame].Profile?.Fwhm ?? double.NaN;
        if (frame < 0 || !(fwhm > 0))
        {
            return null;
        }
        int side = (2 * (int)Math.Clamp(Math.Ceiling(3 * fwhm), 5, 40)) + 1;
        Star[] stars =
        [
            .. table
                .Stars.Where(s =>
                    !s.IsSaturated && s.Flux > 0 && double.IsFinite(table.Sky[table.At(frame, s.Id)]) && IsAlone(s, table, side)
                )
                .OrderByDescending(s => s.Flux)
                .Take(MostStars),
        ];
        var skies = stars.ToDictionary(s => (s.X, s.Y), s => table.Sky[table.At(frame, s.Id)]);
        Image? median = MedianPsf.Make(
            reference.Picture,
            (x, y) => skies[(x, y)],
            stars.Select(s => new Source(s.X, s.Y, s.Flux, 0, s.Peak, fwhm, fwhm, fwhm, 0, 0, 0, SourceFlags.None)),
            side
        );
        if (median is null)
        {
            return null;
        }
        double middle = (side - 1) / 2.0;
        PsfShapeFit fit = PsfFitter.FitMoffat(
            median,
            null,
            new PixelPosition(middle, middle),
            fwhm,
            new PsfFitOptions { RadiusPixels = middle }
        );
        double radius = curve is null ? double.NaN : table.RadiusPixels[(frame * table.Radii.Count) + curve.Aperture];
        return new PsfFigure
        {
            Title = $"Median of {stars.Length} stars of {reference.Frame.Info.Name}",
            Subtitle = fit.Converged
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Moffat, FWHM {fit.FwhmMajor:F2} × {fit.FwhmMinor:F2} px, angle {fit.AngleDegrees:F0}°, β {fit.Beta:F1}"
                )
                : "no profile fits it",
            Star = median,
            Model = fit.Converged ? Drawn(fit, side) : null,
            ModelName = "Moffat profile",
            ApertureRadiusPixels = double.IsFinite(radius) && radius < middle ? radius : null,
        }.Build();
    }

    /// <summary>The target's pixels in the reference frame by their distance from its centre.</summary>
    public static Figure? Radial(FluxTable table, LightCurve curve, ReferenceFrame reference)
    {
        int frame = RowOf(table, reference);
        double x = frame < 0 ? double.NaN : table.X[table.At(frame, curve.Target)];
        double y = frame < 0 ? double.NaN : table.Y[table.At(frame, curve.Target)];
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return null;
        }
        double chosen = table.RadiusPixels[(frame * table.Radii.Count) + curve.Aperture];
        double unit = chosen / table.Radii[curve.Aperture];
        double reach = Math.Min(60, table.AnnulusOuter * unit);
        double sky = table.Sky[table.At(frame, curve.Target)];
        Image picture = reference.Picture;
        var (radii, values) = (new List<double>(), new List<double>());
        for (int row = Math.Max(0, (int)(y - reach)); row <= Math.Min(picture.Height - 1, (int)(y + reach) + 1); row++)
        {
            for (int column = Math.Max(0, (int)(x - reach)); column <= Math.Min(picture.Width - 1, (int)(x + reach) + 1); column++)
            {
                double radius = double.Hypot(column - x, row - y);
                if (radius <= reach && float.IsFinite(picture[column, row]))
                {
                    radii.Add(radius);
                    values.Add(picture[column, row] - (double.IsFinite(sky) ? sky : 0));
                }
            }
        }
        return new RadialProfileFigure
        {
            Title = "Radial profile of the target",
            Subtitle = reference.Frame.Info.Name,
            RadiusPixels = radii,
            Values = values,
            ValueLabel = "Counts above the sky",
            ValueUnit = table.FluxUnit == "adu" ? "ADU" : table.FluxUnit,
            ApertureRadiiPixels = [.. table.Radii.Select(r => r * unit)],
            ChosenRadiusPixels = chosen,
            AnnulusPixels = (table.AnnulusInner * unit, Math.Min(reach, table.AnnulusOuter * unit)),
            FwhmPixels = table.Frames[frame].Profile?.Fwhm,
        }.Build();
    }

    private static int RowOf(FluxTable table, ReferenceFrame reference) =>
        table.Frames.ToList().FindIndex(f => f.Info == reference.Frame.Info || f.Info.Name == reference.Frame.Info.Name);

    /// <summary>No star of a tenth of its light within the cut-out.</summary>
    private static bool IsAlone(Star star, FluxTable table, int side) =>
        !table.Stars.Any(o =>
            o.Id != star.Id && o.Flux > 0.1 * star.Flux && Math.Abs(o.X - star.X) < side / 2.0 && Math.Abs(o.Y - star.Y) < side / 2.0
        );

    /// <summary>The fitted profile on the pixels of the median, at the height of the median.</summary>
    private static Image Drawn(PsfShapeFit fit, int side)
    {
        PsfModel model = fit.Model();
        var image = new Image(side, side);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (float)(fit.Sky + (fit.Flux * model.At((i % side) - fit.X, (i / side) - fit.Y)));
        }
        return image;
    }
}
