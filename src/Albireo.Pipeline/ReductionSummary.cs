using System.Globalization;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline;

/// <summary>What a run says at its end, line by line.</summary>
public static class ReductionSummary
{
    private const int MostStars = 10;

    public static IEnumerable<string> Lines(ReductionResult result) =>
        result.Observations.SelectMany(o => Lines(Path.Combine(result.Output, o.Folder), o, result.HasReport));

    /// <summary>What is said of one observation.</summary>
    /// <param name="folder">Where its products lie.</param>
    /// <param name="observation">What came of it.</param>
    /// <param name="hasReport">Whether the report was written.</param>
    public static IEnumerable<string> Lines(string folder, ObservationResult observation, bool hasReport = true)
    {
        FluxTable table = observation.Fluxes;
        int measured = table.Frames.Count(f => f.IsMeasured);
        string name = string.Join(" · ", observation.Observation.Words());
        yield return $"{(name.Length > 0 ? name + ": " : "")}{measured} of {table.Frames.Count} lights measured, reference {observation.Reference.Frame.Info.Name}";
        foreach (FrameRow frame in table.Frames.Where(f => !f.IsMeasured))
        {
            yield return $"  left out by {frame.StoppedBy}: {frame.Info.Name}: {frame.Reason}";
        }
        if (observation.Curve is { } curve)
        {
            int used = curve.Used.Count(u => u);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"light curve of {table.Stars[curve.Target].Label}: {used} points, point-to-point scatter {100 * curve.PointToPointScatter:F3} %, aperture {table.Radii[curve.Aperture]} {table.RadiusUnit}"
            );
            if (CurveStatistics.Of(table, curve, null).CheckLine() is { } check)
            {
                yield return check;
            }
            if (curve.Found is { } found)
            {
                yield return FoldFigures.Words(found);
            }
            yield return $"  {Path.Combine(folder, "lightcurve.csv")}";
        }
        yield return $"  {Path.Combine(folder, hasReport ? "report.html" : "observation.fits")}";
    }

    /// <summary>Who could be a target: the brightest unsaturated stars of the first observation.</summary>
    public static IEnumerable<string> BrightestStars(ReductionResult result) =>
        BrightestStars(result.Observations[0])
            .Select(s =>
                string.Create(CultureInfo.InvariantCulture, $"  #{s.Id}  {s.X:F1},{s.Y:F1}  flux {s.Flux:F0} ADU  peak {s.Peak:F0} ADU")
            );

    /// <summary>The same of one observation.</summary>
    internal static IEnumerable<Star> BrightestStars(ObservationResult result) => result.Stars.Where(s => !s.IsSaturated).Take(MostStars);

    /// <summary>What to say when no target was named.</summary>
    public static string NoTarget(ReductionResult result)
    {
        ObservationResult first = result.Observations[0];
        string chart = Path.Combine(result.Output, first.Folder, "plots", "finder.svg");
        return $"no --target was given, so there is no light curve; all stars are measured, and the brightest unsaturated ones of {first.Reference.Frame.Info.Name} are listed above and shown in {chart}.";
    }
}
