using System.Globalization;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// The completeness checks of the Lulin pipeline, in its order: endings, axes, one size, a dark of exactly every exposure of lights and
/// flats, a flat of every filter of the lights, two frames a group. A check that fails ends the run, as in the original, which leaves
/// a line in its log only and exits with 0.
/// </summary>
public static class StrictChecks
{
    /// <summary>Passes a complete night.</summary>
    /// <param name="inventory">The night.</param>
    /// <param name="log">Given every sentence of the first check that fails.</param>
    /// <exception cref="AlbireoException">A check fails: its first sentence, and how many more there are.</exception>
    public static void Require(NightInventory inventory, Action<string> log)
    {
        if (Of(inventory).FirstOrDefault(check => check.Count > 0) is not { } failed)
        {
            return;
        }
        foreach (string sentence in failed)
        {
            log("strict: " + sentence);
        }
        string more = failed.Count == 1 ? "" : $" ({failed.Count - 1} more like it in albireo.log)";
        throw new AlbireoException(Failure.NoResult, $"The night is not complete: {failed[0].TrimEnd('.')}{more}.");
    }

    /// <summary>What each check finds missing or unfit, in the order of the checks; all empty when the night is complete.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(NightInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        List<FrameInfo> all = [.. inventory.Problems.Concat(inventory.Frames).OrderBy(f => f.Path, StringComparer.Ordinal)];
        List<FrameInfo> lights = [.. inventory.OfKind(FrameKind.Light)];
        List<FrameInfo> darks = [.. inventory.OfKind(FrameKind.Dark)];
        List<FrameInfo> flats = [.. inventory.OfKind(FrameKind.Flat)];
        return
        [
            [
                .. all.Where(f => !f.Path.EndsWith(".fits", StringComparison.Ordinal))
                    .Select(f => $"{f.Path}: the name does not end in .fits."),
            ],
            [.. all.Where(f => f.WhyUnusable is not null).Select(f => f.Problem ?? $"{f.Path}: {f.Contradiction}")],
            [.. all.Where(f => f.WhyUnusable is null && f.Axes != 2).Select(f => $"{f.Path}: the number of axes is {f.Axes}, not 2.")],
            [.. Sizes([.. inventory.Frames.OrderBy(f => f.Path, StringComparer.Ordinal)])],
            [.. Exposures([.. lights, .. flats], darks)],
            [.. Filters(lights, flats)],
            [.. Groups(lights, darks, flats)],
        ];
    }

    private static IEnumerable<string> Sizes(List<FrameInfo> frames) =>
        frames.Count == 0
            ? []
            : frames
                .Where(f => (f.Width, f.Height) != (frames[0].Width, frames[0].Height))
                .Select(f => $"{f.Path}: the picture is {f.Width}×{f.Height}, the first one {frames[0].Width}×{frames[0].Height}.");

    private static IEnumerable<string> Exposures(List<FrameInfo> exposed, List<FrameInfo> darks)
    {
        foreach (FrameInfo frame in exposed.Where(f => f.ExposureSeconds is null))
        {
            yield return $"{frame.Path}: the exposure is not known.";
        }
        foreach (double seconds in exposed.Select(f => f.ExposureSeconds?.Value).OfType<double>().Distinct().Order())
        {
            if (!darks.Exists(d => d.ExposureSeconds?.Value == seconds))
            {
                yield return $"There is no dark of exactly {Show(seconds)} s.";
            }
        }
    }

    private static IEnumerable<string> Filters(List<FrameInfo> lights, List<FrameInfo> flats) =>
        lights
            .Select(f => f.Filter?.Value)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Where(filter => !flats.Exists(f => f.Filter?.Value == filter))
            .Select(filter => filter is null ? "There is no flat without a filter, as some lights are." : $"There is no flat in {filter}.");

    private static IEnumerable<string> Groups(List<FrameInfo> lights, List<FrameInfo> darks, List<FrameInfo> flats)
    {
        HashSet<double?> needed = [.. lights.Concat(flats).Select(f => f.ExposureSeconds?.Value)];
        foreach (
            var group in darks
                .GroupBy(d => d.ExposureSeconds?.Value)
                .Where(g => needed.Contains(g.Key) && g.Count() < 2)
                .OrderBy(g => g.Key)
        )
        {
            yield return $"There is only one dark of {Show(group.Key ?? double.NaN)} s; two are needed.";
        }
        HashSet<string?> filters = [.. lights.Select(f => f.Filter?.Value)];
        foreach (
            var group in flats
                .GroupBy(f => f.Filter?.Value)
                .Where(g => filters.Contains(g.Key) && g.Count() < 2)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            yield return $"There is only one flat in {group.Key ?? "no filter"}; two are needed.";
        }
    }

    private static string Show(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
