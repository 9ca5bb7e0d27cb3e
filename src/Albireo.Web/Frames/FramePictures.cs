using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;
using Albireo.Science.Images;

namespace Albireo.Web.Frames;

/// <summary>Frames looked at lately, as many as memory allows. A file that was replaced is read anew.</summary>
internal sealed class FramePictures(ResourceLimits limits)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, Lazy<FramePicture> Picture)> recent = new();

    /// <summary>What names the state of a file: its length and time.</summary>
    public static string VersionOf(FileInfo file) => $"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}";

    /// <summary>The picture of a frame.</summary>
    /// <exception cref="AlbireoException">There is no such file any more, or it is no regular one.</exception>
    public FramePicture Of(FrameInfo frame, bool calibrated, string? calibratedPath)
    {
        string path = !calibrated
            ? frame.Path
            : calibratedPath
                ?? throw new AlbireoException(
                    Failure.NoResult,
                    $"{frame.Name} has no calibrated picture; run the reduction and keep them."
                );
        FileInfo file = RegularFile.Require(path, mayBeLink: !calibrated);
        string version = VersionOf(file);
        string key = $"{version}:{path}";
        Lazy<FramePicture> picture;
        lock (gate)
        {
            LinkedListNode<(string Key, Lazy<FramePicture> Picture)>? node = recent.First;
            while (node is not null && node.Value.Key != key)
            {
                node = node.Next;
            }
            if (node is not null)
            {
                recent.Remove(node);
            }
            else
            {
                node = new((key, new Lazy<FramePicture>(() => Read(path, version))));
            }
            recent.AddFirst(node);
            picture = node.Value.Picture;
        }
        try
        {
            FramePicture ready = picture.Value;
            Trim();
            return ready;
        }
        catch
        {
            Forget(key);
            throw;
        }
    }

    private FramePicture Read(string path, string version)
    {
        BandRunner runner = Workers.Bands(limits.Threads);
        return new FramePicture(FrameReader.ReadImage(path, runner).Image, version, runner);
    }

    private void Forget(string key)
    {
        lock (gate)
        {
            foreach (var entry in recent.Where(r => r.Key == key).ToList())
            {
                recent.Remove(entry);
            }
        }
    }

    /// <summary>The latest stays whatever its size.</summary>
    private void Trim()
    {
        lock (gate)
        {
            long bytes = 0;
            LinkedListNode<(string Key, Lazy<FramePicture> Picture)>? node = recent.First;
            while (node is not null)
            {
                LinkedListNode<(string Key, Lazy<FramePicture> Picture)>? next = node.Next;
                bytes += node.Value.Picture.IsValueCreated ? node.Value.Picture.Value.Bytes : 0;
                if (bytes > limits.MemoryBytes && node != recent.First)
                {
                    recent.Remove(node);
                }
                node = next;
            }
        }
    }
}
