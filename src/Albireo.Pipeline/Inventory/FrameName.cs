namespace Albireo.Pipeline.Inventory;

/// <summary>Names of frames: the file name without its FITS endings, made unique over a night.</summary>
public static class FrameName
{
    private static readonly string[] Endings = [".fits", ".fit", ".fts"];
    private static readonly string[] Packings = [".gz", ".fz"];

    /// <summary>The file name without .fits/.fit/.fts and .gz/.fz.</summary>
    public static string Of(string path)
    {
        string file = Path.GetFileName(path);
        string unpacked = Without(file, Packings);
        string name = Without(unpacked, Endings);
        return name.Length == 0 ? file : name;
    }

    /// <summary>Whether the file's name claims that it is FITS.</summary>
    public static bool ClaimsFits(string path)
    {
        string unpacked = Without(Path.GetFileName(path), Packings);
        return Without(unpacked, Endings).Length < unpacked.Length;
    }

    /// <summary>Whether a name that does not claim FITS may be a picture's all the same: an unfinished copy, another packing, XISF.</summary>
    public static bool SuggestsPicture(string path)
    {
        string file = Path.GetFileName(path);
        return file[0] != '.'
            && (
                file.EndsWith(".xisf", StringComparison.OrdinalIgnoreCase)
                || Array.Exists(Endings, e => file.Contains(e + ".", StringComparison.OrdinalIgnoreCase))
            );
    }

    /// <summary>
    /// One name a path, in the order given, unique in any case of letters: where paths share a file name, the shortest telling parent
    /// folders come first, joined by <c>__</c>; where folders cannot tell (a.fits beside a.fit.gz), the endings follow.
    /// </summary>
    public static IReadOnlyList<string> Unique(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] names = [.. paths.Select(Of)];
        if (new HashSet<string>(names, StringComparer.OrdinalIgnoreCase).Count == names.Length)
        {
            return names;
        }
        for (int depth = 1; depth <= 64 && Clashes(names) is { Count: > 0 } clashes; depth++)
        {
            bool longer = false;
            foreach (int i in clashes)
            {
                string with = WithFolders(paths[i], depth);
                longer |= with != names[i];
                names[i] = with;
            }
            if (!longer)
            {
                break;
            }
        }
        foreach (int i in Clashes(names))
        {
            names[i] =
                Path.GetFileName(paths[i]).Replace('.', '_') is var whole
                && names[i].LastIndexOf("__", StringComparison.Ordinal) is var at and >= 0
                    ? names[i][..(at + 2)] + whole
                    : whole;
        }
        // Two that still clash differ in the case of their letters only, or one has the other's folder in its name.
        foreach (IGrouping<string, int> same in Clashes(names).GroupBy(i => names[i], StringComparer.OrdinalIgnoreCase).ToList())
        {
            int number = 1;
            foreach (int i in same.OrderBy(i => paths[i], StringComparer.Ordinal).Skip(1))
            {
                do
                {
                    number++;
                } while (names.Contains($"{names[i]}_{number}", StringComparer.OrdinalIgnoreCase));
                names[i] = $"{names[i]}_{number}";
            }
        }
        return names;
    }

    private static List<int> Clashes(string[] names) =>
        [
            .. Enumerable
                .Range(0, names.Length)
                .GroupBy(i => names[i], StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() > 1)
                .SelectMany(g => g),
        ];

    private static string WithFolders(string path, int depth)
    {
        string[] folders = (Path.GetDirectoryName(path) ?? "").Split('/', '\\').Where(f => f.Length > 0).ToArray();
        return string.Join("__", [.. folders.TakeLast(depth), Of(path)]);
    }

    private static string Without(string file, string[] endings)
    {
        string? ending = Array.Find(endings, e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        return ending is null ? file : file[..^ending.Length];
    }
}
