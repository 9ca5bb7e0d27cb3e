using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>Comparison stars where the user named none: like the target in brightness, never saturated, in nearly every frame.</summary>
public static class ChooseComparisons
{
    private const int Wanted = 5;
    private const double LeastPresence = 0.98;

    /// <returns>Indices of up to five stars, best first; none if no star qualifies.</returns>
    public static int[] From(FluxTable table, int target, int check)
    {
        int aperture = table.Radii.Count / 2;
        double targetFlux = MedianFlux(table, aperture, target);
        int measured = table.Frames.Count(f => f.IsMeasured);
        return
        [
            .. Enumerable
                .Range(0, table.Stars.Count)
                .Where(s => s != target && s != check && Presence(table, aperture, s) >= LeastPresence * measured)
                .Select(s => (Star: s, Flux: MedianFlux(table, aperture, s)))
                .Where(s => s.Flux > 0.2 * targetFlux)
                .OrderBy(s => Math.Abs(Math.Log(s.Flux / targetFlux)))
                .Take(Wanted)
                .Select(s => s.Star),
        ];
    }

    private static int Presence(FluxTable table, int aperture, int star) =>
        Enumerable
            .Range(0, table.Frames.Count)
            .Count(f =>
                double.IsFinite(table.Flux[table.At(f, aperture, star)])
                && (
                    table.Flags[table.At(f, star)]
                    & (FluxQuality.Saturated | FluxQuality.Nonlinear | FluxQuality.Edge | FluxQuality.NoCentroid)
                ) == FluxQuality.None
            );

    private static double MedianFlux(FluxTable table, int aperture, int star) =>
        SeriesStatistics.Median([.. Enumerable.Range(0, table.Frames.Count).Select(f => table.Flux[table.At(f, aperture, star)])]);
}
