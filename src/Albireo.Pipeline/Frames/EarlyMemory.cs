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

    private static readonly ManualResetEventSlim Ready = new();
    private static float[]? memory;
    private static int state; // 0: not asked for, 1: asked for, 2: taken

    /// <summary>Makes memory ready on this thread for the first picture that is named.</summary>
    /// <param name="words">Of the command line; what is no picture is passed over, and so is what there is no memory for.</param>
    public static void Prepare(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Interlocked.CompareExchange(ref state, 1, 0) == 0)
        {
            float[]? pixels = null;
            try
            {
                memory = pixels = words
                    .Where(File.Exists)
                    .Select(path => For(path, length => LargePages.Array<float>(length, clears: false)))
                    .FirstOrDefault(p => p is not null);
            }
            finally
            {
                Ready.Set();
            }
            Touch(pixels);
        }
    }

    /// <summary>The memory, once, for a picture of that many pixels, touched or not; null where there is none for it.</summary>
    internal static float[]? Take(int length)
    {
        if (Interlocked.CompareExchange(ref state, 2, 1) != 1)
        {
            return null;
        }
        Ready.Wait();
        float[]? pixels = Interlocked.Exchange(ref memory, null);
        return pixels?.Length == length ? pixels : null;
    }

    /// <summary>
    /// Memory for the picture in a file that is as long as its header says. A picture that is packed has none: nothing but unpacking
    /// it tells whether its header is true.
    /// </summary>
    /// <param name="path">Of any file.</param>
    /// <param name="allocate">Gets that many pixels.</param>
    /// <returns>Null too where anything goes wrong: the command itself will say it, or not meet it.</returns>
    internal static float[]? For(string path, Func<int, float[]> allocate)
    {
        try
        {
            using FitsFile file = FitsFile.Open(path);
            FitsImage? picture = file.IsGzipped ? null : file.FirstImage(); // which throws where the file ends before the picture does
            return picture?.Kind == FitsHduKind.Image ? allocate(checked(picture.Width * picture.Height)) : null;
        }
        catch (Exception)
        {
            return null;
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
