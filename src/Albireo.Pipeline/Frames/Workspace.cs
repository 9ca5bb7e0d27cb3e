using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// The buffers of one worker, used again for frame after frame, so that memory does not grow with the number of frames. What a frame
/// holds in them is valid until the worker takes the next frame.
/// </summary>
public sealed class Workspace
{
    private byte[] file = [];
    private readonly Dictionary<string, Array> values = new(StringComparer.Ordinal);
    private PixelMask? mask;
    private FrameFluxes? fluxes;

    /// <summary>Room for a file of <paramref name="length"/> bytes.</summary>
    public Memory<byte> File(int length)
    {
        if (file.Length < length)
        {
            file = LargePages.Array<byte>(length, clears: false);
        }
        return file.AsMemory(0, length);
    }

    /// <summary>A picture named by its use (<c>raw</c>, <c>clean</c>, <c>uncertainty</c>); its pixels hold whatever was there before.</summary>
    public Image Image(string use, int width, int height) => new(width, height, Values<float>(use, checked(width * height)));

    /// <summary>At least <paramref name="length"/> numbers named by their use; they are whatever was there before.</summary>
    public T[] Values<T>(string use, int length)
        where T : unmanaged
    {
        if (values.TryGetValue(use, out Array? before) && before is T[] kept && kept.Length >= length)
        {
            return kept;
        }
        T[] array = LargePages.Array<T>(length, clears: false);
        values[use] = array;
        return array;
    }

    /// <summary>Room for what is measured in a frame, as empty as a new one.</summary>
    public FrameFluxes Fluxes(int stars, int radii)
    {
        if (fluxes is not { } kept || kept.X.Length != stars || kept.RadiiPixels.Length != radii)
        {
            return fluxes = new FrameFluxes(stars, new double[radii]);
        }
        kept.Clear();
        return kept;
    }

    /// <summary>A mask; it holds whatever flags were there before.</summary>
    public PixelMask Mask(int width, int height) =>
        mask is { } kept && kept.Width == width && kept.Height == height ? kept : mask = LargePages.Mask(width, height);
}
