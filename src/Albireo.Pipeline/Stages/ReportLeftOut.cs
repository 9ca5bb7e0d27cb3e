using Albireo.Pipeline.Products;
using Albireo.Pipeline.Report;

namespace Albireo.Pipeline.Stages;

/// <summary>Every frame that has no part in the result, with who left it out and why: at the intake, then while frames were measured.</summary>
internal static class ReportLeftOut
{
    /// <param name="table">Frames that were to be measured.</param>
    /// <param name="folder">OUT, or the folder of one of its observations.</param>
    /// <returns>Null where all frames were used.</returns>
    public static ReportTable? Of(FluxTable table, string folder)
    {
        List<IReadOnlyList<string?>> rows =
        [
            .. AtIntake(folder),
            .. table.Frames.Where(f => !f.IsMeasured).Select(f => (IReadOnlyList<string?>)[f.Info.Name, f.StoppedBy, f.Reason]),
        ];
        return rows.Count == 0 ? null : new ReportTable("Frames left out", ["frame", "by", "reason"], rows);
    }

    /// <summary>What inventory.csv says of them; joined nights have none of their own.</summary>
    private static IEnumerable<IReadOnlyList<string?>> AtIntake(string folder)
    {
        string? path = new[] { folder, Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) }
            .OfType<string>()
            .Where(f => File.Exists(Path.Combine(f, "run.json")))
            .Select(f => Path.Combine(f, "inventory.csv"))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            yield break;
        }
        IEnumerable<string> lines = File.ReadLines(path);
        List<string> heads = CsvText.Cells(lines.FirstOrDefault() ?? "");
        (int status, int frame, int reason) = (heads.IndexOf("status"), heads.IndexOf("frame"), heads.IndexOf("reason"));
        foreach (List<string> cells in lines.Skip(1).Select(CsvText.Cells).Where(cells => cells.Count == heads.Count))
        {
            if (cells[status] is "problem" or "left_out")
            {
                yield return [cells[frame], "inventory", cells[reason]];
            }
        }
    }
}
