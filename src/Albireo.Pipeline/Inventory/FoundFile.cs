namespace Albireo.Pipeline.Inventory;

/// <summary>A file that may be a frame, with what tells whether it has changed; of a link, the file at its end.</summary>
internal sealed record FoundFile(string Path, long Length, long ModifiedTicks)
{
    private const double SettledSeconds = 3;

    /// <summary>Whether its time of change lies so far back that another change would show in it, whatever the clock's resolution.</summary>
    public bool IsSettled => (DateTime.UtcNow - new DateTime(ModifiedTicks, DateTimeKind.Utc)).TotalSeconds > SettledSeconds;

    /// <summary>As it lies on the disk now.</summary>
    /// <exception cref="IOException">It cannot be reached, or is gone.</exception>
    public static FoundFile Of(string path)
    {
        var file = new FileInfo(path);
        FileSystemInfo target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return new FoundFile(path, ((FileInfo)target).Length, target.LastWriteTimeUtc.Ticks);
    }
}
