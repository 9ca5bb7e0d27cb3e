using System.Globalization;
using System.Text;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// inventory.csv: one row a file, problems first, then what is doubtful, what is left out, the other frames. Missing values are empty cells. Cells from
/// headers and names that a spreadsheet would take for a formula get an apostrophe in front, control characters are shown as \xNN.
/// </summary>
public static class InventoryCsv
{
    private static readonly string[] Order = ["problem", "unknown", "warning", "left_out", "ok"];

    /// <summary>The columns, which scripts rely on.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "frame",
        "path",
        "kind",
        "kind_from",
        "exposure_s",
        "filter",
        "start_utc",
        "start_from",
        "width",
        "height",
        "binning",
        "temperature_c",
        "gain",
        "status",
        "reason",
    ];

    /// <summary>The whole table as text, lines ended by a line feed.</summary>
    public static string Write(NightInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        var text = new StringBuilder();
        text.AppendJoin(',', Columns).Append('\n');
        foreach (FrameInfo frame in Rows(inventory))
        {
            text.AppendJoin(',', Cells(frame).Select(CsvText.Cell)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Problems, frames of no known kind, frames with a warning, what is left out, all others.</summary>
    public static IEnumerable<FrameInfo> Rows(NightInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return inventory.Problems.Concat(inventory.LeftOut).Concat(inventory.Frames).OrderBy(f => Array.IndexOf(Order, Status(f)));
    }

    /// <summary>The cells of one row, in the order of <see cref="Columns"/>, as they are.</summary>
    public static IReadOnlyList<string> Cells(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        bool read = frame.Width > 0;
        return
        [
            frame.Name,
            frame.Path,
            frame.Kind is null or { Value: FrameKind.Unknown } ? "" : frame.Kind.Value.Word(),
            KindFrom(frame),
            Number(frame.ExposureSeconds?.Value),
            frame.Filter?.Value ?? "",
            frame.Start?.Value.ToIso(6) ?? "",
            frame.Start?.From ?? "",
            read ? Number(frame.Width) : "",
            read ? Number(frame.Height) : "",
            frame.Binning?.Value ?? "",
            Number(frame.TemperatureCelsius?.Value),
            Number(frame.Gain?.Value),
            Status(frame),
            Reason(frame),
        ];
    }

    /// <summary>ok, warning, unknown (a frame of no known kind), left_out, problem.</summary>
    public static string Status(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.WhyUnusable is not null ? "problem"
            : frame.LeftOut is not null ? "left_out"
            : frame.EffectiveKind == FrameKind.Unknown ? "unknown"
            : frame.Warnings.Count > 0 ? "warning"
            : "ok";
    }

    /// <summary>Why the status is what it is: all sentences about the frame.</summary>
    public static string Reason(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var sentences = new List<string>();
        if (frame.WhyUnusable is { } why)
        {
            sentences.Add(why);
        }
        if (frame.LeftOut is { } leftOut)
        {
            sentences.Add(leftOut + ".");
        }
        if (frame.EffectiveKind.IsMaster())
        {
            sentences.Add($"A {frame.EffectiveKind.Phrase()}: used as it is.");
        }
        if (frame.WhyUnusable is null && frame.Kind is null)
        {
            sentences.Add($"Taken as {frame.EffectiveKind.Phrase()}.");
        }
        sentences.AddRange(frame.Warnings);
        return string.Join(' ', sentences);
    }

    /// <summary>The keyword with its text, or what is suggested and by what.</summary>
    public static string KindFrom(FrameInfo frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.Kind is { } kind ? kind.From
            : frame.SuggestedKind is { } hint ? $"suggested by {hint.From}: {hint.Value.Phrase()}"
            : "";
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
