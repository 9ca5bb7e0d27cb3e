using Microsoft.Win32.SafeHandles;

namespace Albireo.Fits;

/// <summary>
/// <c>.name.&lt;random&gt;.part</c> in the folder of the file that it shall become; <see cref="Commit"/> gives it that name in one step,
/// replacing what was there; without it nothing remains.
/// </summary>
public sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly string part;
    private bool closed;

    private PartFile(string path)
    {
        this.path = Path.GetFullPath(path);
        part = Path.Combine(
            Path.GetDirectoryName(this.path)!,
            $".{Path.GetFileName(this.path)}.{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}.part"
        );
        Handle = File.OpenHandle(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>To write to.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The name it shall have; its folder exists.</param>
    public static PartFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new PartFile(path);
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        Handle.Dispose();
        File.Move(part, path, overwrite: true);
        closed = true;
    }

    /// <summary>Removes what was written unless it was committed.</summary>
    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            Handle.Dispose();
            File.Delete(part);
        }
    }
}
