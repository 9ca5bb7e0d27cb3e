using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>The figures of one observation, from its tables.</summary>
public static class NightFigures
{
    public static Figure LightCurve(FluxTable table, LightCurve curve)
    {
        bool isBarycentric = table.Frames.Any(f => f.MidBarycentric is not null);
        return new LightCurveFigure
        {
            Title = "Light curve",
            Subtitle = table.Stars[curve.Target].Label,
            TimeLabel = isBarycentric ? "BJD_TDB" : "JD_UTC",
            Times = [.. table.Frames.Select(f => (isBarycentric ? f.MidBarycentric : f.MidUtc)?.Value ?? double.NaN)],
            Flux = curve.RelativeFlux,
            FluxError = curve.RelativeFluxError.Any(double.IsFinite) ? curve.RelativeFluxError : null,
            States = [.. curve.Used.Select(u => u ? PointState.Used : PointState.Flagged)],
            FrameNames = [.. table.Frames.Select(f => f.Info.Name)],
            CheckFlux = curve.Check is null ? null : curve.CheckRelativeFlux,
        }.Build();
    }

    public static Figure Frames(FluxTable table)
    {
        PixelPosition at = table.Stars.Count > 0 ? new PixelPosition(table.Stars[0].X, table.Stars[0].Y) : default;
        PixelPosition?[] shifted = [.. table.Frames.Select(f => f.Match?.Transform.Apply(at))];
        return new TimeSeriesFigure
        {
            Title = "Frame by frame",
            Subtitle = "Width of the stars, sky and shift against the reference frame",
            TimeLabel = "JD_UTC",
            Times = [.. table.Frames.Select(f => f.MidUtc?.Value ?? double.NaN)],
            FrameNames = [.. table.Frames.Select(f => f.Info.Name)],
            Quantities =
            [
                TimeSeriesFigure.Quantity.Of("FWHM", "pixel", [.. table.Frames.Select(f => f.Profile?.Fwhm ?? double.NaN)]),
                TimeSeriesFigure.Quantity.Of(
                    "Sky",
                    table.FluxUnit == "adu" ? "ADU" : table.FluxUnit,
                    [.. table.Frames.Select(f => f.Sky ?? double.NaN)]
                ),
                new TimeSeriesFigure.Quantity(
                    new Axis("Shift", "pixel"),
                    ("x", [.. shifted.Select(s => s is { } p ? p.X - at.X : double.NaN)]),
                    ("y", [.. shifted.Select(s => s is { } p ? p.Y - at.Y : double.NaN)])
                ),
                TimeSeriesFigure.Quantity.Of("Airmass", null, [.. table.Frames.Select(f => f.Airmass ?? double.NaN)]),
            ],
        }.Build();
    }

    /// <summary>The finder chart over its picture.</summary>
    internal static Figure Finder(ObservationResult result, byte[] picture) =>
        FinderChart.Make(result.Reference.Picture, FinderOptions(result), picture);

    /// <summary>The picture of the finder chart, a PNG file; which stars are drawn over it does not matter.</summary>
    internal static byte[] FinderPicture(ReferenceFrame reference) =>
        FinderChart.Pixels(reference.Picture, new FinderChartOptions { Title = "" });

    public static FinderChartOptions FinderOptions(ObservationResult result)
    {
        FluxTable table = result.Fluxes;
        int frame = Enumerable.Range(0, table.Frames.Count).FirstOrDefault(i => table.Frames[i].Info == result.Reference.Frame.Info);
        int aperture = result.Curve?.Aperture ?? table.Radii.Count / 2;
        double radius = table.RadiusPixels[(frame * table.Radii.Count) + aperture];
        double unit = radius / table.Radii[aperture];
        int comparisons = 0;
        return new FinderChartOptions
        {
            Title = "Finder chart",
            Subtitle = result.Reference.Frame.Info.Name,
            Stars =
            [
                .. result.Stars.Select(s =>
                {
                    bool isComparison = s.Role == StarRole.Comparison || (result.Curve?.Comparisons.Contains(s.Id) ?? false);
                    return s.Role switch
                    {
                        StarRole.Target => new FinderStar(s.X, s.Y, "T", FinderRole.Target),
                        StarRole.Check => new FinderStar(s.X, s.Y, "K", FinderRole.Check),
                        _ when isComparison => new FinderStar(s.X, s.Y, $"C{++comparisons}", FinderRole.Comparison),
                        _ => new FinderStar(s.X, s.Y, result.Curve is null ? $"#{s.Id}" : null, FinderRole.Other),
                    };
                }),
            ],
            ApertureRadiusPixels = radius,
            AnnulusInnerPixels = table.AnnulusInner * unit,
            AnnulusOuterPixels = table.AnnulusOuter * unit,
            PixelScaleArcsec = result.Reference.Frame.Info.PixelScaleArcsec?.Value,
        };
    }
}
