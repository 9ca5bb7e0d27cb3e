using System.Globalization;

namespace Albireo.Pipeline.Runs;

/// <summary>How much of the machine a run may use.</summary>
/// <param name="Threads">Frames worked on at once.</param>
/// <param name="MemoryBytes">Bound on pixel buffers.</param>
public sealed record ResourceLimits(int Threads, long MemoryBytes)
{
    public const long DefaultMemory = 1_000_000_000;

    /// <summary>All processors and 1 GB.</summary>
    public static ResourceLimits Default => new(Environment.ProcessorCount, DefaultMemory);

    /// <summary>How many frames of <paramref name="pixels"/> pixels may be in flight: bounded by threads and by memory.</summary>
    /// <param name="pixels">Pixels of the largest frame.</param>
    /// <param name="bytesPerPixel">What one frame in flight needs for each pixel: raw, clean, uncertainty, mask, file.</param>
    public int FramesInFlight(long pixels, int bytesPerPixel) =>
        (int)Math.Clamp(MemoryBytes / Math.Max(1, pixels * bytesPerPixel), 1, Math.Max(1, Threads));

    /// <summary>Reads <c>1GB</c>, <c>500 MB</c>, <c>2GiB</c> or a number of bytes.</summary>
    public static bool TryParseMemory(string text, out long bytes)
    {
        string trimmed = text.Trim().ToUpperInvariant();
        (string Suffix, double Factor)[] units =
        [
            ("GIB", 1L << 30),
            ("MIB", 1 << 20),
            ("GB", 1e9),
            ("MB", 1e6),
            ("G", 1e9),
            ("M", 1e6),
            ("B", 1),
            ("", 1),
        ];
        (string suffix, double factor) = units.First(u => trimmed.EndsWith(u.Suffix, StringComparison.Ordinal));
        bool isNumber = double.TryParse(
            trimmed[..^suffix.Length].Trim(),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double number
        );
        bytes = isNumber && number * factor is >= 1e6 and < 1e15 ? (long)(number * factor) : 0;
        return bytes > 0;
    }
}
