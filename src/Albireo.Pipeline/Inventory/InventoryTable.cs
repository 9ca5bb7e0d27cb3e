using System.Globalization;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Inventory;

/// <summary>The inventory as rows of cells for a terminal or a page: problems first, control characters shown as escapes.</summary>
public static class InventoryTable
{
    public static readonly IReadOnlyList<string> FrameColumns =
    [
        "status",
        "frame",
        "kind",
        "exposure",
        "filter",
        "start (UTC)",
        "from",
        "size",
        "binning",
        "°C",
        "reason",
    ];

    public static readonly IReadOnlyList<string> GroupColumns =
    [
        "id",
        "night",
        "telescope",
        "filter",
        "type",
        "target",
        "w×h",
        "binning",
        "exposure",
        "files",
    ];

    /// <summary>One row a file. A kind that is only suggested has a question mark.</summary>
    public static IEnumerable<IReadOnlyList<string>> Frames(NightInventory inventory) =>
        InventoryCsv
            .Rows(inventory)
            .Select(f =>
                Row(
                    InventoryCsv.Status(f).Replace('_', ' '),
                    f.Name,
                    f.WhyUnusable is not null ? ""
                        : f.Kind is null && f.EffectiveKind != FrameKind.Unknown ? f.EffectiveKind.Phrase() + "?"
                        : f.EffectiveKind.Phrase(),
                    Seconds(f.ExposureSeconds?.Value),
                    f.Filter?.Value,
                    f.Start?.Value.ToIso(3),
                    f.Start?.From,
                    f.Width > 0 ? $"{f.Width}×{f.Height}" : "",
                    f.Binning?.Value,
                    f.TemperatureCelsius?.Value.ToString("0.0", CultureInfo.InvariantCulture),
                    InventoryCsv.Reason(f)
                )
            );

    /// <summary>One row a group of frames that differ in their time only.</summary>
    public static IEnumerable<IReadOnlyList<string>> Groups(NightInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return inventory
            .Groups()
            .Select(
                (g, i) =>
                    Row(
                        (i + 1).ToString(CultureInfo.InvariantCulture),
                        g.Night?.ToString("O"),
                        g.Telescope,
                        g.Filter,
                        g.Kind.Phrase(),
                        g.Target,
                        $"{g.Width}×{g.Height}",
                        g.Binning,
                        Seconds(g.ExposureSeconds),
                        g.Frames.Count.ToString(CultureInfo.InvariantCulture)
                    )
            );
    }

    private static IReadOnlyList<string> Row(params string?[] cells) => [.. cells.Select(c => SafeText.OneLine(c ?? ""))];

    private static string Seconds(double? seconds) => seconds is { } s ? s.ToString("0.###", CultureInfo.InvariantCulture) + " s" : "";
}
