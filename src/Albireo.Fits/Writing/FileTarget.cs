namespace Albireo.Fits;

/// <summary>A file under a name of its own beside the one it shall have, which it gets in one step.</summary>
internal sealed class FileTarget : IFitsTarget
{
    private readonly PartFile part;
    private readonly GatheredWrites writes;
    private readonly bool flushToDisk;

    public FileTarget(string path, bool flushToDisk)
    {
        part = PartFile.Create(path);
        writes = new GatheredWrites(part.Handle);
        this.flushToDisk = flushToDisk;
    }

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes) => writes.Write(offset, bytes);

    public void Commit(long length)
    {
        writes.Flush();
        if (flushToDisk)
        {
            RandomAccess.FlushToDisk(part.Handle);
        }
        part.Commit();
    }

    public void Dispose()
    {
        part.Dispose();
        writes.Dispose();
    }
}
