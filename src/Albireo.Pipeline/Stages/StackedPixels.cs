using System.Runtime.InteropServices;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Runs;
using Microsoft.Win32.SafeHandles;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// The pixels of frames that are stacked, row band by row band. A plain file is read where it lies; what was packed and is unpacked once
/// stays in memory as long as there is room, else in one temporary file. Reading is safe from several threads.
/// </summary>
/// <param name="count">Frames.</param>
/// <param name="width">Pixels of a row, trimmed.</param>
/// <param name="height">Rows, trimmed.</param>
/// <param name="memory">Bytes that unpacked frames may take.</param>
/// <param name="scratchPath">Where the temporary file goes, asked only if it is needed. It begins with a dot and ends in .part.</param>
internal sealed class StackedPixels(int count, int width, int height, long memory, Func<string> scratchPath) : IDisposable
{
    /// <summary>So many files are kept open; those beyond are opened anew for every band.</summary>
    private readonly int mostOpen = OpenFiles.MostOfAStack();
    private readonly (string Path, ReadoutLayout Layout)?[] plain = new (string, ReadoutLayout)?[count];
    private readonly FitsFile?[] files = new FitsFile?[count];
    private readonly RawPicture?[] pictures = new RawPicture?[count];
    private readonly float[]?[] unpacked = new float[]?[count];
    private readonly long[] offsets = new long[count];
    private readonly Lock gate = new();
    private SafeFileHandle? scratch;
    private long memoryLeft = memory;
    private long scratchLength;
    private int open;

    private long FrameBytes => (long)width * height * sizeof(float);

    /// <summary>Takes frame <paramref name="i"/> from a plain file.</summary>
    /// <param name="i">Its number.</param>
    /// <param name="path">The file.</param>
    /// <param name="layout">What of the picture is kept.</param>
    public void Open(int i, string path, ReadoutLayout layout)
    {
        plain[i] = (path, layout);
        if (Interlocked.Increment(ref open) <= mostOpen)
        {
            files[i] = FitsFile.Open(path);
            pictures[i] = new RawPicture(files[i]!.FirstImage(), layout);
        }
    }

    /// <summary>Takes frame <paramref name="i"/> from memory, trimmed.</summary>
    /// <exception cref="AlbireoException">The temporary file cannot be written: the disk is full, perhaps.</exception>
    public void Keep(int i, ReadOnlySpan<float> pixels)
    {
        try
        {
            Put(i, pixels);
        }
        catch (IOException e)
        {
            throw new AlbireoException(Failure.NoResult, $"The temporary file of unpacked frames cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Reads rows of frame <paramref name="i"/>.</summary>
    public void ReadRows(int i, int first, int rows, Span<float> destination)
    {
        if (unpacked[i] is { } pixels)
        {
            pixels.AsSpan(first * width, rows * width).CopyTo(destination);
        }
        else if (pictures[i] is { } picture)
        {
            picture.ReadRows(first, rows, destination);
        }
        else if (plain[i] is var (path, layout))
        {
            using FitsFile again = FitsFile.Open(path);
            new RawPicture(again.FirstImage(), layout).ReadRows(first, rows, destination);
        }
        else
        {
            ReadScratch(offsets[i] + ((long)first * width * sizeof(float)), MemoryMarshal.AsBytes(destination[..(rows * width)]));
        }
    }

    public void Dispose()
    {
        foreach (FitsFile? file in files)
        {
            file?.Dispose();
        }
        scratch?.Dispose();
    }

    private void Put(int i, ReadOnlySpan<float> pixels)
    {
        long at;
        lock (gate)
        {
            if (memoryLeft >= FrameBytes)
            {
                memoryLeft -= FrameBytes;
                at = -1;
            }
            else
            {
                scratch ??= File.OpenHandle(
                    scratchPath(),
                    FileMode.CreateNew,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    FileOptions.DeleteOnClose
                );
                at = scratchLength;
                scratchLength += FrameBytes;
            }
        }
        if (at < 0)
        {
            unpacked[i] = pixels.ToArray();
            return;
        }
        offsets[i] = at;
        RandomAccess.Write(scratch!, MemoryMarshal.AsBytes(pixels), at);
    }

    private void ReadScratch(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int done = RandomAccess.Read(scratch!, bytes, offset);
            if (done == 0)
            {
                throw new IOException("The temporary file of unpacked frames was cut while it was in use.");
            }
            bytes = bytes[done..];
            offset += done;
        }
    }
}
