using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>What night.yaml files and telescope profiles add to a request; the command line's own words come before theirs.</summary>
public static class NightWords
{
    /// <summary>The request for the whole night: settings of profiles and night files, and the words of those that cover all lights.</summary>
    /// <exception cref="AlbireoException">Two files set an option differently, and neither lies above the other.</exception>
    public static ReductionRequest Complete(ReductionRequest request, NightInventory night, RunContext run)
    {
        List<FrameInfo> lights = [.. night.OfKind(FrameKind.Light)];
        foreach (NightFile file in night.NightFiles.Where(n => n.Settings.Count > 0 && !lights.TrueForAll(f => n.Covers(f.Path))))
        {
            run.Notice($"{file.Path}: its settings count for the whole run, not only for the frames beside it.");
        }
        return For(lights, night, request with { Settings = Settings(request.Settings, night.NightFiles, night.Profiles) });
    }

    /// <summary>The request with the target, its place and the site as the night files that cover these lights give them.</summary>
    public static ReductionRequest For(IReadOnlyList<FrameInfo> lights, NightInventory night, ReductionRequest request)
    {
        // The innermost file speaks first; what it leaves open is for those above it.
        foreach (NightFile file in night.NightFiles.Reverse().Where(n => lights.Count > 0 && lights.All(f => n.Covers(f.Path))))
        {
            request = request with
            {
                Target = request.Target ?? file.Target,
                Comparisons = request.Comparisons.Count > 0 ? request.Comparisons : file.Comparisons,
                Check = request.Check ?? file.Check,
                StarsFile = request.StarsFile ?? file.StarsFile,
                Reference = request.Reference ?? file.Reference,
                Sky = request.Sky ?? file.Sky,
                Site = request.Site ?? file.Site,
            };
        }
        return request;
    }

    /// <summary>All settings, each in its layer.</summary>
    internal static IReadOnlyList<Setting> Settings(
        IReadOnlyList<Setting> asked,
        IReadOnlyList<NightFile> files,
        IReadOnlyList<TelescopeProfile> profiles
    )
    {
        RequireAgreement([.. profiles.Select(p => (p.Settings, ""))]);
        RequireAgreement([.. files.Select(f => (f.Settings, f.Folder))]);
        return [.. asked.Concat(profiles.SelectMany(p => p.Settings)).Concat(files.SelectMany(f => f.Settings)).OrderBy(s => s.Layer)];
    }

    private static void RequireAgreement(IReadOnlyList<(IReadOnlyList<Setting> Settings, string Folder)> sources)
    {
        for (int i = 0; i < sources.Count; i++)
        {
            for (int k = i + 1; k < sources.Count; k++)
            {
                // A file may say otherwise than the one above it.
                if (sources[i].Folder.Length > 0 && sources[k].Folder.StartsWith(sources[i].Folder, StringComparison.Ordinal))
                {
                    continue;
                }
                foreach (Setting setting in sources[i].Settings)
                {
                    Setting? other = sources[k].Settings.FirstOrDefault(s => s.Key == setting.Key);
                    if (other is not null && !other.Values.SequenceEqual(setting.Values, StringComparer.Ordinal))
                    {
                        throw new AlbireoException(
                            Failure.Usage,
                            $"{setting.Source} and {other.Source} set {setting.Key} differently; say which with --set {setting.Key}=…, or reduce the nights one by one."
                        );
                    }
                }
            }
        }
    }
}
