using System.Globalization;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// Gathers what the frames of a sequence bring, with the times and airmass of each: the table of an observation. A frame's fluxes go
/// into their row at the end of its visit, and its worker measures the next frame in the same memory.
/// </summary>
public sealed class CollectFluxes
{
    private readonly ReferenceFrame reference;
    private readonly StarList stars;
    private readonly Recipe recipe;
    private readonly FluxTable table;
    private readonly double?[] skies;

    /// <param name="observation">Its lights are the rows.</param>
    /// <param name="reference">The frame that positions refer to.</param>
    /// <param name="stars">The stars that are measured.</param>
    /// <param name="recipe">All settings.</param>
    public CollectFluxes(Observation observation, ReferenceFrame reference, StarList stars, Recipe recipe)
    {
        (this.reference, this.stars, this.recipe) = (reference, stars, recipe);
        table = new FluxTable([.. observation.Lights.Select(light => new FrameRow { Info = light })], [.. stars], recipe.Measure.Radii)
        {
            RadiusUnit = recipe.Measure.RadiusUnit switch
            {
                RadiusUnit.Pixels => "pixel",
                RadiusUnit.FrameFwhm => "frame fwhm",
                RadiusUnit.ReferenceFwhm => "reference fwhm",
            },
            AnnulusInner = recipe.Measure.AnnulusInner,
            AnnulusOuter = recipe.Measure.AnnulusOuter,
            FluxUnit = recipe.Calibrate.Electrons ? "electron" : "adu",
        };
        skies = new double?[observation.Lights.Count];
    }

    /// <summary>Puts a frame's fluxes into its row. For several frames at once.</summary>
    /// <param name="index">The frame's place among the observation's lights.</param>
    /// <param name="outcome">At the end of its visit.</param>
    public void Take(int index, FrameOutcome outcome)
    {
        if (outcome.Frame.Fluxes is { } fluxes)
        {
            table.Put(index, fluxes);
            skies[index] = SeriesStatistics.Median(Array.ConvertAll(fluxes.Sky, v => (double)v));
        }
    }

    /// <summary>The whole table.</summary>
    /// <param name="outcomes">Of all frames, in their order.</param>
    /// <param name="request">What is known of target and site.</param>
    /// <param name="run">Is told what the user should know.</param>
    public FluxTable Table(IReadOnlyList<FrameOutcome> outcomes, ReductionRequest request, RunContext run)
    {
        SkyCoordinate? target = request.Sky ?? stars.Target?.Position;
        FrameInfo first = reference.Frame.Info;
        if (target is null && first.Pointing is { } pointing)
        {
            run.Notice(
                $"The target's coordinates are not known: barycentric times and airmass use where the telescope pointed ({pointing.From}); each 0.1 degree between the two can shift them by 0.9 s. Give the target with --sky."
            );
        }
        if ((request.Site ?? first.Site?.Value) is null)
        {
            run.Notice(
                "The observing site is not known: barycentric times leave out up to 21 ms and airmass comes from the headers. Give it with --site."
            );
        }
        var rows = new List<FrameRow>(outcomes.Count);
        for (int i = 0; i < outcomes.Count; i++)
        {
            FrameInfo info = outcomes[i].Frame.Info;
            FrameRow row = Row(outcomes[i], skies[i]).SeenFrom(target ?? info.Pointing?.Value, request.Site ?? info.Site?.Value);
            rows.Add(row with { Scintillation = ScintillationNoise.Of(row, request.Site, recipe.Measure) });
        }
        TellAirmass(rows, run);
        foreach (string odd in TimeDoubts.Of(rows))
        {
            run.Notice(odd);
        }
        ScintillationNoise.Notice(rows, request.Site, recipe.Measure, run);
        if (rows.Select(r => r.MidUtc).OfType<JulianDate>().Select(LeapSeconds.Doubt).OfType<string>().FirstOrDefault() is { } doubt)
        {
            run.Notice(doubt);
        }
        FluxTable whole = table.With(rows, table.Stars, target, request.Site ?? first.Site?.Value);
        for (int i = 0; i < rows.Count; i++)
        {
            ScintillationNoise.Add(whole, i);
        }
        TellTrails(whole, run);
        return whole;
    }

    /// <summary>A crossed star stays in the table with its flag; that it is there must not be a surprise.</summary>
    private static void TellTrails(FluxTable table, RunContext run)
    {
        foreach (StarRole role in (StarRole[])[StarRole.Target, StarRole.Comparison, StarRole.Check])
        {
            foreach (Star star in table.Stars.Where(s => s.Role == role))
            {
                string[] crossed =
                [
                    .. table.Frames.Where((_, f) => table.Flags[table.At(f, star.Id)].HasFlag(FluxQuality.Trail)).Select(f => f.Info.Name),
                ];
                if (crossed.Length > 0)
                {
                    run.Notice(
                        $"A trail (satellite, meteor) crosses the aperture or much of the sky of {star.Label} in {crossed.Length} of {table.Frames.Count} frames ({string.Join(", ", crossed.Take(5))}{(crossed.Length > 5 ? " …" : "")}): the values stay, flagged trail; leave a frame out with curve.exclude-frames."
                    );
                }
            }
        }
    }

    /// <summary>Header airmasses that cannot be those of the target are said; they are not used.</summary>
    private static void TellAirmass(List<FrameRow> rows, RunContext run)
    {
        List<double> off =
        [
            .. rows.Where(r => r is { AirmassFrom: "computed", Airmass: not null, Info.Airmass: not null })
                .Select(r => Math.Abs(r.Info.Airmass!.Value - r.Airmass!.Value))
                .Where(difference => difference > 0.05),
        ];
        if (off.Count > 0)
        {
            run.Notice(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rows.Select(r => r.Info.Airmass?.From).OfType<string>().First()} differs from the airmass computed for the middle of the exposure by more than 0.05 in {off.Count} of {rows.Count} frames, by {off.Max():F2} at most: the computed one is used."
                )
            );
        }
    }

    private static FrameRow Row(FrameOutcome outcome, double? sky) =>
        new()
        {
            Info = outcome.Frame.Info,
            MidUtc = Middle(outcome.Frame.Info),
            Match = outcome.Frame.Match,
            Profile = outcome.Frame.Profile,
            Quality = outcome.Frame.Quality,
            Sky = sky,
            Noise = outcome.Frame.Noise,
            Sha256 = outcome.Frame.Sha256,
            StoppedBy = outcome.StoppedBy,
            Reason = outcome.Reason,
            IsUnusable = outcome.IsUnusable,
            Remarks = outcome.Frame.Remarks,
        };

    /// <summary>Start plus half the exposure; null where either is unknown.</summary>
    internal static JulianDate? Middle(FrameInfo info) =>
        info is { Start: { } start, ExposureSeconds: { } exposure } ? start.Value.AddSeconds(exposure.Value / 2) : null;
}
