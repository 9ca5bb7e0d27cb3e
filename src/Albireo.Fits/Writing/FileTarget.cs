namespace Albireo.Fits;

/// <summary>A file under a name of its own beside the one it shall have, which it gets in one step.</summary>
internal sealed class FileTarget : IFitsTarget
{
    private readonly PartFile part;
    private readonly bool flushToDisk;

    public FileTarget(string path, bool flushToDisk)
    {
        part = PartFile.Create(path);
        this.flushToDisk = flushToDisk;
    }

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(part.Handle, bytes, offset);

    public void Commit(long length)
    {
        if (flushToDisk)
        {
            RandomAccess.FlushToDisk(part.Handle);
        }
        part.Commit();
    }

    public void Dispose() => part.Dispose();
}
