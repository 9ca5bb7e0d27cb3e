using System.Runtime.CompilerServices;
using Albireo.Fits;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Frames;

/// <summary>
/// Memory for the one picture that a command reads. The system clears fresh memory when it is touched first, which takes longer than
/// decoding the pixels into it; so it is touched beside, while the command line and the settings are read.
/// </summary>
public static class EarlyMemory
{
    private const int PageFloats = 1024;

    private static readonly TaskCompletionSource<float[]?> Ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static int state; // 0: not asked for, 1: asked for, 2: taken

    /// <summary>Makes memory ready on this thread for the first picture that is named.</summary>
    /// <param name="words">Of the command line; what is no picture is passed over.</param>
    public static void Prepare(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Interlocked.CompareExchange(ref state, 1, 0) == 0)
        {
            float[]? pixels = null;
            try
            {
                pixels = words.Where(File.Exists).Select(PixelsOf).FirstOrDefault(p => p is not null);
            }
            finally
            {
                Ready.SetResult(pixels);
            }
            Touch(pixels);
        }
    }

    /// <summary>The memory, once, for a picture of that many pixels, touched or not; null where there is none for it.</summary>
    internal static float[]? Take(int length) =>
        Interlocked.CompareExchange(ref state, 2, 1) == 1 && Ready.Task.GetAwaiter().GetResult() is { } pixels && pixels.Length == length
            ? pixels
            : null;

    private static float[]? PixelsOf(string path)
    {
        try
        {
            using FitsFile file = FitsFile.Open(path);
            FitsImage picture = file.FirstImage();
            return LargePages.Array<float>(checked(picture.Width * picture.Height), clears: false);
        }
        catch (Exception e) when (e is FitsFormatException or IOException or UnauthorizedAccessException or OverflowException)
        {
            return null; // the command itself will say what is wrong with it
        }
    }

    /// <summary>From the end, for the pixels may be read into it from the beginning meanwhile; therefore in a way that changes nothing.</summary>
    private static void Touch(float[]? pixels)
    {
        for (int i = (pixels?.Length ?? 0) - 1; i >= 0; i -= PageFloats)
        {
            Interlocked.Or(ref Unsafe.As<float, int>(ref pixels![i]), 0);
        }
    }
}
