using System.Globalization;

namespace Albireo.Pipeline.Inventory;

/// <summary>Sentences about a night as a whole.</summary>
internal static class InventoryNotices
{
    private const int MostWarnings = 3;

    public static IReadOnlyList<string> Of(NightInventory inventory)
    {
        var sentences = new List<string>();
        if (inventory.Frames.Count == 0)
        {
            sentences.Add("No frame was found that can be used.");
        }
        else
        {
            sentences.Add($"{Count(inventory.Frames.Count, "frame")}: {Kinds(inventory)}.");
        }
        Profiles(inventory, sentences);
        Missing(inventory, sentences);
        Suggested(inventory, sentences);
        Unknown(inventory, sentences);
        Heights(inventory, sentences);
        SameSize(inventory, sentences);
        Nights(inventory, sentences);
        Mixed(inventory, sentences);
        StuckAirmass(inventory, sentences);
        Doubtful(inventory, sentences);
        PassedOver(inventory, sentences);
        sentences.AddRange(
            inventory
                .NightFiles.Where(n => n.Idle.Count > 0)
                .Select(n => $"{n.Path}: no file fits {string.Join(", ", n.Idle.Select(pattern => $"'{pattern}'"))}.")
        );
        // What lies in them may be raw frames, too, where a night was its own output once.
        string[] products =
        [
            .. inventory
                .Ignored.Where(i => i.Reason == IgnoredFile.EarlierRun && Directory.Exists(Path.Combine(i.Path, ".albireo")))
                .Select(i => i.Path),
        ];
        if (products.Length > 0)
        {
            string all = string.Join(", ", products.Take(3)) + (products.Length > 3 ? " …" : "");
            sentences.Add(
                $"{Count(products.Length, "folder")} with products of an earlier run {(products.Length == 1 ? "is" : "are")} not looked through: {all}."
            );
        }
        if (inventory.LeftOut.Count > 0)
        {
            sentences.Add($"{Count(inventory.LeftOut.Count, "frame")} left out: copies of others, or as night.yaml or tape.par say.");
        }
        if (inventory.Problems.Count > 0)
        {
            sentences.Add($"{Count(inventory.Problems.Count, "file")} cannot be used: listed with the reason.");
        }
        return sentences;
    }

    /// <summary>Files that are no frames though their names promise pictures.</summary>
    private static void PassedOver(NightInventory inventory, List<string> sentences)
    {
        var others = inventory
            .Ignored.Where(i => i.Reason == FrameFile.NoPicture || (i.Reason == FileFinder.OtherName && FrameName.SuggestsPicture(i.Path)))
            .ToList();
        if (others.Count > 0)
        {
            string more = others.Count > MostWarnings ? $" and {Count(others.Count - MostWarnings, "other")}" : "";
            string some = string.Join(", ", others.Take(MostWarnings).Select(i => $"{Path.GetFileName(i.Path)} ({i.Reason})"));
            sentences.Add($"{Count(others.Count, "file")} passed over: {some}{more}; albireo inventory --json lists them.");
        }
    }

    /// <summary>What the frames' warnings say, each sentence once, the rare ones first. A kind that no header names was said before.</summary>
    private static void Doubtful(NightInventory inventory, List<string> sentences)
    {
        var warnings = inventory
            .Frames.Where(f => f.Kind is not null)
            .SelectMany(f => f.Warnings.Select(w => (f.Name, Warning: w)))
            .GroupBy(w => w.Warning, StringComparer.Ordinal)
            .OrderBy(g => g.Count())
            .ToList();
        foreach (var warning in warnings.Take(MostWarnings))
        {
            string more = warning.Count() > 1 ? $" and {Count(warning.Count() - 1, "other")}" : "";
            sentences.Add($"Doubtful: {warning.First().Name}{more}: {warning.Key}");
        }
        if (warnings.Count > MostWarnings)
        {
            sentences.Add($"{Count(warnings.Count - MostWarnings, "more warning")} of frames: albireo inventory lists them first.");
        }
    }

    private static string Kinds(NightInventory inventory) =>
        string.Join(", ", inventory.Frames.GroupBy(f => f.EffectiveKind).Select(g => $"{g.Count()} {g.Key.Phrase()}"));

    /// <summary>Which telescope profiles were used, and which telescopes have none.</summary>
    private static void Profiles(NightInventory inventory, List<string> sentences)
    {
        foreach (
            var group in inventory
                .Frames.Where(f => f.Profile is not null)
                .GroupBy(f => f.Profile)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            sentences.Add($"{Count(group.Count(), "frame")} read with the telescope profile {group.Key}.");
        }
        List<FrameInfo> others = [.. inventory.Frames.Where(f => f.Profile is null)];
        if (others.Count > 0)
        {
            string[] names =
            [
                .. others.Select(f => f.Instrument?.Value ?? f.Telescope?.Value).OfType<string>().Distinct().Order(StringComparer.Ordinal),
            ];
            sentences.Add(
                $"{Count(others.Count, "frame")} of {(names.Length == 0 ? "an unnamed camera" : string.Join(", ", names))}: no telescope profile is for that, the usual keywords count (albireo telescope add FILE.yaml)."
            );
        }
    }

    private static void Missing(NightInventory inventory, List<string> sentences)
    {
        bool Has(FrameKind kind) => inventory.Frames.Any(f => f.EffectiveKind.Unmastered() == kind);
        if (!Has(FrameKind.Light))
        {
            return;
        }
        List<string> missing = [.. new[] { FrameKind.Bias, FrameKind.Dark, FrameKind.Flat }.Where(k => !Has(k)).Select(k => k.Word())];
        if (missing.Count == 3)
        {
            sentences.Add("There are no bias, dark or flat frames: lights only.");
        }
        else if (missing.Count > 0)
        {
            sentences.Add($"There are no {string.Join(" and no ", missing)} frames.");
        }
    }

    private static void Suggested(NightInventory inventory, List<string> sentences)
    {
        foreach (
            var group in inventory
                .Frames.Where(f => f.Kind is null)
                .GroupBy(f => (Kind: f.EffectiveKind, From: f.SuggestedKind?.From))
                .OrderBy(g => g.Key)
        )
        {
            if (group.Key.Kind != FrameKind.Unknown)
            {
                string why = group.Key.From is { } from ? $"as {Place(from)} suggests" : "since nothing speaks against it";
                sentences.Add($"{Count(group.Count(), "frame")} whose header names no kind: taken as {group.Key.Kind.Phrase()}, {why}.");
            }
        }
    }

    private static string Place(string from) => from == "OBJECT" ? from : $"the {from}";

    private static void Unknown(NightInventory inventory, List<string> sentences)
    {
        int unknown = inventory.Frames.Count(f => f.EffectiveKind == FrameKind.Unknown);
        if (unknown > 0)
        {
            sentences.Add($"{Count(unknown, "frame")} of unknown kind: not used; 'kinds:' in night.yaml can name their kind.");
        }
    }

    private static void Heights(NightInventory inventory, List<string> sentences)
    {
        if (inventory.Frames.Any(f => f.EffectiveKind == FrameKind.Light && f.Site is not null && f.SiteHeightMetres is null))
        {
            sentences.Add("The height of the site is not known: sea level is taken (BJD within 30 µs), scintillation is left out.");
        }
        else if (inventory.Frames.Any(f => f.EffectiveKind == FrameKind.Light && f.Site is null))
        {
            sentences.Add(
                "The site is not known for all lights: airmass comes from the headers, times are not corrected to the barycentre there (--site)."
            );
        }
    }

    /// <summary>Lights of one target and filter from several nights.</summary>
    private static void Nights(NightInventory inventory, List<string> sentences)
    {
        foreach (
            var group in inventory
                .OfKind(FrameKind.Light)
                .Where(f => f.Night is not null)
                .GroupBy(f => (Target: f.ObjectName?.Value, Filter: f.Filter?.Value))
                .OrderBy(g => g.Key)
        )
        {
            DateOnly[] nights = [.. group.Select(f => f.Night!.Value).Distinct().Order()];
            if (nights.Length > 1)
            {
                string dates =
                    nights.Length <= 5
                        ? string.Join(", ", nights.Select(n => n.ToString("O", CultureInfo.InvariantCulture)))
                        : string.Create(CultureInfo.InvariantCulture, $"{nights[0]:yyyy-MM-dd} … {nights[^1]:yyyy-MM-dd}");
                sentences.Add(
                    $"Lights of {group.Key.Target ?? "an unnamed target"} in {group.Key.Filter ?? "no filter"} are of {nights.Length} nights ({dates}): every night is an observation of its own; --join puts them together."
                );
            }
        }
    }

    /// <summary>One camera whose frames have one size at two binnings: one of the headers is wrong, or there are sub-frames.</summary>
    private static void SameSize(NightInventory inventory, List<string> sentences)
    {
        foreach (
            var group in inventory
                .Frames.Where(f => f.Binning is not null && (f.SubFrameOrigin?.Value ?? default) == default(FrameOrigin))
                .GroupBy(f => (Camera: f.Instrument?.Value ?? f.Telescope?.Value, f.Width, f.Height))
        )
        {
            string[] binnings = [.. group.Select(f => f.Binning!.Value).Distinct().Order(StringComparer.Ordinal)];
            if (binnings.Length > 1)
            {
                sentences.Add(
                    $"Frames of {group.Key.Width}×{group.Key.Height} say binning {string.Join(" and ", binnings)}: one of them is wrong, or they are sub-frames."
                );
            }
        }
    }

    /// <summary>Lights of one observation that were not taken alike; a step in the curve may come of it.</summary>
    private static void Mixed(NightInventory inventory, List<string> sentences)
    {
        (string What, Func<FrameInfo, string?> Value)[] states =
        [
            ("exposure", f => Show(f.ExposureSeconds, " s")),
            ("gain", f => Show(f.Gain, " e-/ADU")),
            ("gain setting", f => f.GainSetting?.Value),
            ("offset", f => f.OffsetSetting?.Value),
            ("readout mode", f => f.ReadoutMode?.Value),
            ("set-point", f => Show(f.SetPointCelsius, " °C")),
        ];
        foreach (Observation observation in inventory.Observations())
        {
            foreach ((string what, Func<FrameInfo, string?> value) in states)
            {
                string[] values = [.. observation.Lights.Select(value).OfType<string>().Distinct()];
                if (values.Length > 1)
                {
                    string all = string.Join(", ", values.Take(5)) + (values.Length > 5 ? " …" : "");
                    sentences.Add(
                        $"Lights of {observation.Target ?? "an unnamed target"} in {observation.Filter ?? "no filter"} differ in {what} ({all}) and make one curve all the same; 'exclude:' in night.yaml leaves frames out."
                    );
                }
            }
        }
        static string? Show(Sourced<double>? value, string unit) =>
            value is null ? null : value.Value.ToString("G6", CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>Header airmasses that do not change over an hour are stuck.</summary>
    private static void StuckAirmass(NightInventory inventory, List<string> sentences)
    {
        foreach (Observation observation in inventory.Observations())
        {
            List<FrameInfo> timed = [.. observation.Lights.Where(f => f.Airmass is not null && f.Start is not null)];
            bool stuck = timed.Count > 2 && timed.TrueForAll(f => f.Airmass!.Value == timed[0].Airmass!.Value);
            if (stuck && timed[^1].Start!.Value.DaysSince(timed[0].Start!.Value) > 1.0 / 24)
            {
                sentences.Add(
                    $"{timed[0].Airmass!.From} is {timed[0].Airmass!.Raw} in all lights of {observation.Target ?? "an unnamed target"}: it is stuck."
                );
            }
        }
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
