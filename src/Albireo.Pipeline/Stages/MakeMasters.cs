using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>masters</c>: bias, then darks by exposure, then flats by filter, each from what the stage has made before.</summary>
public static class MakeMasters
{
    public static Masters Run(NightInventory night, Recipe recipe, RunContext run)
    {
        MasterOptions options = recipe.Masters;
        var calibrations = night
            .Frames.Where(f => f.EffectiveKind is FrameKind.Bias or FrameKind.Dark or FrameKind.Flat or FrameKind.DarkFlat)
            .ToList();
        if (calibrations.Count == 0)
        {
            // The inventory has said so.
            return new Masters([], [], options);
        }
        return run.Stage(
            "masters",
            calibrations.Count,
            done =>
            {
                var made = new List<Master>();
                var unusable = new List<UnusableFrame>();
                foreach (FrameKind kind in (FrameKind[])[FrameKind.Bias, FrameKind.Dark, FrameKind.DarkFlat, FrameKind.Flat])
                {
                    var groups = Groups([.. calibrations.Where(f => f.EffectiveKind == kind)], kind, options);
                    foreach (List<FrameInfo> group in groups)
                    {
                        var masters = new Masters(made, unusable, options);
                        if (StackedMaster.Combine(kind, group, masters, recipe, run, done, unusable) is { } stack)
                        {
                            made.Add(MasterFile.Write(stack, Name(kind, group[0], groups), run));
                        }
                    }
                }
                foreach (UnusableFrame frame in unusable)
                {
                    run.Notice($"{frame.Info.Path} was left out of the {frame.Stage}: {frame.Reason}");
                }
                MasterFile.WriteList(made, run);
                return new Masters(made, unusable, options);
            }
        );
    }

    /// <summary>Frames that belong into one master: the same state of the detector, exposure for darks, filter for flats.</summary>
    private static List<List<FrameInfo>> Groups(IReadOnlyList<FrameInfo> frames, FrameKind kind, MasterOptions options)
    {
        var groups = new List<List<FrameInfo>>();
        var masters = new Masters([], [], options);
        foreach (FrameInfo frame in frames)
        {
            List<FrameInfo>? home = groups.Find(g =>
                Masters.Fits(g[0], frame, kind, options)
                && (kind is not (FrameKind.Dark or FrameKind.DarkFlat) || SameExposure(g[0], frame, masters))
                && (kind != FrameKind.Flat || string.Equals(g[0].Filter?.Value, frame.Filter?.Value, StringComparison.Ordinal))
            );
            if (home is null)
            {
                groups.Add([frame]);
            }
            else
            {
                home.Add(frame);
            }
        }
        return groups;
    }

    private static bool SameExposure(FrameInfo a, FrameInfo b, Masters masters) =>
        (a.ExposureSeconds, b.ExposureSeconds) switch
        {
            (null, null) => true,
            ({ } x, { } y) => masters.IsSameExposure(x.Value, y.Value),
            _ => false,
        };

    /// <summary>bias, dark_30s, flat_R; what tells several of a kind apart is appended.</summary>
    private static string Name(FrameKind kind, FrameInfo frame, List<List<FrameInfo>> groups)
    {
        string name = kind switch
        {
            FrameKind.Bias => "bias",
            FrameKind.Dark => "dark_" + Exposure(frame),
            FrameKind.DarkFlat => "darkflat_" + Exposure(frame),
            _ => "flat_" + SafeText.FilePart(frame.Filter?.Value ?? "none"),
        };
        (string Label, Func<FrameInfo, string?> Value)[] distinctions =
        [
            ("bin", f => f.Binning?.Value),
            ("gain", f => f.GainSetting?.Value),
            ("offset", f => f.OffsetSetting?.Value),
            ("", f => f.TemperatureCelsius is { } t ? t.Value.ToString("F0", CultureInfo.InvariantCulture) + "C" : null),
            ("", f => $"{f.Width}x{f.Height}"),
            ("", f => f.ReadoutMode?.Value),
            ("", f => f.Instrument?.Value),
        ];
        foreach ((string label, Func<FrameInfo, string?> value) in distinctions)
        {
            bool differs = groups.Select(g => value(g[0])).Distinct(StringComparer.Ordinal).Count() > 1;
            if (differs && value(frame) is { } text)
            {
                name += "_" + label + SafeText.FilePart(text);
            }
        }
        return name;
    }

    private static string Exposure(FrameInfo frame) =>
        frame.ExposureSeconds is { } e ? e.Value.ToString("0.######", CultureInfo.InvariantCulture) + "s" : "unknown";
}
