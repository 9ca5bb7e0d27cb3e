using System.Security.Cryptography;
using System.Text;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stars;
using Albireo.Web.Curves;
using Albireo.Web.Intake;
using Albireo.Web.Runs;

namespace Albireo.Web.Changes;

/// <summary>How each kind of change is made, and which other change takes it back.</summary>
internal static class ChangeWork
{
    /// <summary>The change with the observation that it is about.</summary>
    public static PageChange Placed(Workbench workbench, PageChange change)
    {
        if (change.Curve is null && change.Fit is null)
        {
            return change;
        }
        ObservationView view = Require(workbench);
        IEnumerable<PageSetting> settings = change.Curve?.Settings ?? change.Fit ?? [];
        bool namesStars =
            PageWords.Choice(change.Curve ?? new CurveChange()) is { IsEmpty: false }
            || settings.Any(s => s.Key is "curve.ban" or "curve.lock" or "curve.aperture");
        return change with { Observation = Path.GetFileName(view.Folder), Stars = namesStars ? StarsOf(view) : null };
    }

    /// <summary>What brings back what is so now.</summary>
    public static PageChange Inverse(Workbench workbench, PageChange change)
    {
        if (change.Edits is { } edits)
        {
            return change with { Edits = workbench.Night.Words(edits) };
        }
        if (change.IsPicks)
        {
            return change with { Picks = workbench.Changes.History.Picks };
        }
        ObservationView view = Require(workbench);
        if (change.Fit is { } fit)
        {
            return change with { Fit = null, ForgetFit = Before(view, fit), FitBefore = FitText.Read(view.Folder) };
        }
        CurveChange curve = change.Curve!;
        bool hasStars = curve.Target is not null || curve.Comparisons is { Count: > 0 } || curve.Check is not null;
        string? Only(StarRole role) => view.Stored.Stars.FirstOrDefault(s => s.Role == role) is { } star ? $"#{star.Id}" : "none";
        string[] comparisons = [.. view.Stored.Stars.Where(s => s.Role == StarRole.Comparison).Select(s => $"#{s.Id}")];
        return change with
        {
            Curve = new CurveChange(
                hasStars ? Only(StarRole.Target) : null,
                hasStars ? (comparisons.Length > 0 ? comparisons : ["auto"]) : null,
                hasStars ? Only(StarRole.Check) : null,
                Settings: Before(view, curve.Settings ?? [])
            ),
        };
    }

    /// <summary>Why a step of the history fits no more, or null.</summary>
    public static string? WhyNot(Workbench workbench, PageChange change)
    {
        if (change.Edits?.Any(e => !workbench.Has(e.Id)) == true)
        {
            return "a frame of it is not there any more, so this step is forgotten.";
        }
        if (change.Observation is not { } name)
        {
            return null;
        }
        if (workbench.Observation.Folders.All(f => Path.GetFileName(f) != name))
        {
            return $"there is no observation {name} any more, so this step is forgotten.";
        }
        if (workbench.Observation.Folder is not { } shown || Path.GetFileName(shown) != name)
        {
            workbench.Observation.Choose(name);
        }
        return change.Stars is { } stars && stars != StarsOf(Require(workbench))
            ? "other stars were measured since, so this step is forgotten."
            : null;
    }

    public static async Task Apply(Workbench workbench, PageChange change)
    {
        if (change.Edits is { } edits)
        {
            if (workbench.Jobs.IsRunning)
            {
                throw new BusyException("A run is under way; what frames are cannot change before it ends.");
            }
            workbench.Night.Edit(edits, CancellationToken.None);
            workbench.Events.Send(new PageEvent("night"));
        }
        else if (change.IsPicks)
        {
            workbench.Changes.SetPicks(change.Picks);
        }
        else
        {
            await Late(workbench, change);
            workbench.Events.Send(new PageEvent("observation"));
        }
    }

    private static Task Late(Workbench workbench, PageChange change)
    {
        string folder = Require(workbench).Folder;
        if (change.Curve is { } curve)
        {
            var request = new CurveRequest
            {
                Output = folder,
                Stars = PageWords.Choice(curve),
                Sky = PageWords.Sky(curve.Sky),
                Site = PageWords.Site(curve.Site),
                Settings = Settings(curve.Settings ?? []),
            };
            return Start(
                "curve",
                CommandLine.Of(request),
                (o, c) => LateStages.Curve(request, o, c),
                r => ReductionSummary.Lines(folder, r)
            );
        }
        Setting[] settings = Settings(change.Fit ?? change.ForgetFit!);
        string[] words = ["albireo", "fit", "-o", folder];
        IEnumerable<string> sets = CommandLine.Sets(settings);
        if (change.Fit is not null)
        {
            string command = CommandLine.Join([.. words, .. sets]);
            return Start("fit", command, (o, c) => LateStages.Fit(folder, settings, o, c), _ => [Path.Combine(folder, "fit.json")]);
        }
        string forgetting = CommandLine.Join([.. words, .. (change.FitBefore is null ? (string[])["--forget"] : []), .. sets]);
        return Start("fit", forgetting, (o, c) => LateStages.ForgetFit(folder, settings, change.FitBefore, o, c), _ => []);

        Task Start<T>(string kind, string command, Func<IRunObserver, CancellationToken, T> work, Func<T, IEnumerable<string>> lines) =>
            workbench.Jobs.Start(kind, command, work, lines).Result;
    }

    private static Setting[] Settings(IEnumerable<PageSetting> settings) => [.. settings.Select(s => s.ToSetting())];

    /// <summary>The same keys with the values that OUT remembers; null where that is the default.</summary>
    private static PageSetting[] Before(ObservationView view, IReadOnlyList<PageSetting> settings)
    {
        Dictionary<string, IReadOnlyList<string>> now = RunMemory
            .NotDefault(view.Recipe)
            .ToDictionary(s => s.Key, s => s.Values, StringComparer.Ordinal);
        return [.. settings.Select(s => new PageSetting(s.Key, now.GetValueOrDefault(s.Key)))];
    }

    /// <summary>A short word for the stars of a measurement: numbers and places, not their parts.</summary>
    private static string StarsOf(ObservationView view)
    {
        string all = string.Join(';', view.Stored.Stars.Select(s => FormattableString.Invariant($"{s.Id}:{s.X:R},{s.Y:R}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8));
    }

    private static ObservationView Require(Workbench workbench) =>
        workbench.Observation.Current
        ?? throw new AlbireoException(Failure.NoResult, "Nothing was measured yet: choose stars and run the reduction.");
}
