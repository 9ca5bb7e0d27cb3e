using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Science.Photometry;
using Albireo.Web.Curves;

namespace Albireo.Web.Frames;

/// <summary>What the last run measured on one frame, star by star.</summary>
/// <param name="IsMeasured">False for a frame that no run has seen or that was left out.</param>
/// <param name="Reason">Why it was left out, or null.</param>
/// <param name="Radius">Of the curve's aperture in this frame, pixels.</param>
public sealed record MeasuredStars(
    bool IsMeasured,
    string? Reason,
    double Radius,
    double Inner,
    double Outer,
    double Fwhm,
    double[] X,
    double[] Y,
    double[] Peak,
    double[] Flux,
    double[] Sky,
    string[] Flags
)
{
    internal static MeasuredStars Of(ObservationView? observation, FrameInfo info)
    {
        FluxTable? table = observation?.Stored.Fluxes;
        int frame = table is null ? -1 : observation!.IndexOf(info.Path);
        if (table is null || frame < 0 || !table.Frames[frame].IsMeasured)
        {
            string? reason = frame < 0 ? null : table!.Frames[frame].Reason;
            return new MeasuredStars(false, reason, double.NaN, double.NaN, double.NaN, double.NaN, [], [], [], [], [], []);
        }
        int aperture = observation!.Curve?.Aperture ?? table.Radii.Count / 2;
        double radius = table.RadiusPixels[(frame * table.Radii.Count) + aperture];
        double unit = radius / table.Radii[aperture];
        double[] Row(float[] plane) => [.. plane.Skip(frame * table.Stars.Count).Take(table.Stars.Count).Select(v => (double)v)];
        return new MeasuredStars(
            true,
            null,
            radius,
            table.AnnulusInner * unit,
            table.AnnulusOuter * unit,
            table.Frames[frame].Profile?.Fwhm ?? double.NaN,
            Row(table.X),
            Row(table.Y),
            Row(table.Peak),
            [.. Enumerable.Range(0, table.Stars.Count).Select(s => table.Flux[table.At(frame, aperture, s)])],
            Row(table.Sky),
            [.. Enumerable.Range(0, table.Stars.Count).Select(s => table.Flags[table.At(frame, s)].Text())]
        );
    }
}
