namespace Albireo.Pipeline.Runs;

/// <summary>What a file system refused, as a sentence about the file that was meant; the system speaks of its unfinished part.</summary>
public static class DiskFault
{
    private const string Part = ".part";
    private static readonly string[] Full = ["No space left", "Disk quota exceeded"];

    /// <param name="fault">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static string Sentence(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        string[] said = fault.Message.Split(" : '", 2);
        if (said.Length < 2)
        {
            return fault.Message;
        }
        string path = said[1].TrimEnd('.').TrimEnd('\'');
        string meant = Meant(path);
        bool isFull = Full.Any(f => said[0].StartsWith(f, StringComparison.OrdinalIgnoreCase));
        if (meant == path && !isFull && !said[0].StartsWith("Read-only", StringComparison.OrdinalIgnoreCase))
        {
            return fault.Message; // of a file that was read, perhaps
        }
        string remedy = isFull ? "; make room and give the command again: products that were finished are kept" : "";
        return $"{meant} cannot be written: {said[0]}{remedy}.";
    }

    /// <summary>The name behind <c>.name.random.part</c>.</summary>
    private static string Meant(string path)
    {
        string name = Path.GetFileName(path);
        if (name[0] != '.' || !name.EndsWith(Part, StringComparison.Ordinal))
        {
            return path;
        }
        int end = name.LastIndexOf('.', name.Length - Part.Length - 1);
        return end > 1 ? Path.Combine(Path.GetDirectoryName(path) ?? "", name[1..end]) : path;
    }
}
