using Microsoft.Win32.SafeHandles;

namespace Albireo.Fits;

/// <summary>A regular file on disk, read at explicit offsets.</summary>
internal sealed class FileSource : ByteSource
{
    private readonly SafeFileHandle handle;
    private readonly long length;

    private FileSource(SafeFileHandle handle)
    {
        this.handle = handle;
        length = RandomAccess.GetLength(handle);
    }

    public override long Length => length;

    /// <summary>
    /// Opens a file that is certain to be a regular one: links are followed to their end, and nothing of length 0 is opened, for a
    /// FIFO (which would block), a socket, a device and an empty file look alike.
    /// </summary>
    /// <exception cref="FitsFormatException">It is a folder or has no bytes.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static FileSource Open(string path)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is not null)
        {
            info =
                info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo
                ?? throw FitsFormatException.OfFile(path, "a link to a folder", "a file");
        }
        if (Directory.Exists(info.FullName))
        {
            throw FitsFormatException.OfFile(path, "a folder", "a FITS file");
        }
        if (!info.Exists)
        {
            throw new FileNotFoundException($"{path}: no such file.", path);
        }
        if (info.Length == 0)
        {
            throw FitsFormatException.OfFile(path, "empty, or not a regular file (a pipe, socket or device)", "a FITS file");
        }
        SafeFileHandle opened = File.OpenHandle(info.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new FileSource(opened) { Name = path };
    }

    public override bool Reaches(long end) => end <= length;

    public override int Read(long offset, Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            int count = RandomAccess.Read(handle, destination[done..], offset + done);
            if (count == 0)
            {
                break;
            }
            done += count;
        }
        return done;
    }

    public override void Dispose() => handle.Dispose();
}
