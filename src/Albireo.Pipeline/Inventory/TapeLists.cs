using System.Globalization;
using Albireo.Pipeline.Products;

namespace Albireo.Pipeline.Inventory;

/// <summary>
/// The list files of the TAPE programs: wbias.list, wdark180s.list, wflatR.list, wobj.list and others.list, each with the files of one
/// group in time order.
/// </summary>
public static class TapeLists
{
    /// <summary>Lists by name; paths are relative to <paramref name="folder"/> where they lie beneath it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(NightInventory inventory, string folder)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        var lists = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        IEnumerable<FrameInfo> ordered = inventory
            .Frames.OrderBy(f => f.Start is null)
            .ThenBy(f => f.Start?.Value.Day)
            .ThenBy(f => f.Start?.Value.Fraction)
            .ThenBy(f => f.Path, StringComparer.Ordinal);
        foreach (IGrouping<string, FrameInfo> list in ordered.GroupBy(ListOf))
        {
            lists[list.Key] = [.. list.Select(f => SafeText.OneLine(Relative(folder, f.Path)))];
        }
        return lists;
    }

    /// <summary>
    /// Writes the lists into a folder of products; older lists there are deleted first. Paths count from the folder that tape.par
    /// names, else from the one that holds all frames.
    /// </summary>
    public static void Write(NightInventory inventory, string folder)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        string framesFolder = inventory.Tapes.Count > 0 ? inventory.Tapes[0].WorkFolder : Common(inventory.Frames);
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder, "*.list").Where(p => IsOurs(Path.GetFileName(p))).ToList())
        {
            File.Delete(old);
        }
        foreach ((string name, IReadOnlyList<string> files) in Of(inventory, framesFolder))
        {
            TextProduct.Write(Path.Combine(folder, name), string.Concat(files.Select(f => f + '\n')));
        }
    }

    private static string Common(IReadOnlyList<FrameInfo> frames)
    {
        string[] folders = [.. frames.Select(f => Path.GetDirectoryName(f.Path) ?? "/").Distinct()];
        return folders.Length == 0 ? "/" : folders.OrderBy(f => f.Length).First();
    }

    private static string ListOf(FrameInfo frame) =>
        frame.EffectiveKind switch
        {
            FrameKind.Bias => "wbias.list",
            FrameKind.Dark when frame.ExposureSeconds is { } exposure =>
                $"wdark{Math.Round(exposure.Value, MidpointRounding.ToEven).ToString("0", CultureInfo.InvariantCulture)}s.list",
            FrameKind.Flat => $"wflat{SafeName.Of(frame.Filter?.Value, "none")}.list",
            FrameKind.Light => "wobj.list",
            _ => "others.list",
        };

    private static bool IsOurs(string name) =>
        name is "wbias.list" or "wobj.list" or "others.list"
        || name.StartsWith("wdark", StringComparison.Ordinal)
        || name.StartsWith("wflat", StringComparison.Ordinal);

    private static string Relative(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
