using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Runs;

/// <summary>
/// Memory for whole pictures. Linux hands out fresh memory in pages of 4 kB unless it is asked for 2 MB: a picture of 16 million pixels
/// is 16 000 interruptions or 32. Where the system has no such pages, nothing is lost.
/// </summary>
internal static class LargePages
{
    /// <summary>Bytes of a large page.</summary>
    public const int Size = 1 << 21;

    /// <summary>Less than this many bytes is not asked for in large pages.</summary>
    public const int Least = 2 * Size;

    private const int UseLargePages = 14; // MADV_HUGEPAGE
    private const long PageSize = 4096;

    /// <summary>A picture of zeros.</summary>
    public static Image Image(int width, int height) => new(width, height, Array<float>(checked(width * height)));

    /// <summary>A picture of whatever was there before: each of its pixels is written next, by whichever thread has it.</summary>
    public static Image Unset(int width, int height) => new(width, height, Array<float>(checked(width * height), clears: false));

    /// <summary>A mask with no flag set.</summary>
    public static PixelMask Mask(int width, int height) => new(width, height, Array<PixelQuality>(checked(width * height)));

    /// <summary>Zeros, unless all of it is written next anyway.</summary>
    /// <param name="length">How many values.</param>
    /// <param name="clears">Whether they are zeros.</param>
    /// <param name="pinned">Whether they stay where they are.</param>
    public static T[] Array<T>(int length, bool clears = true, bool pinned = false)
        where T : unmanaged
    {
        long bytes = (long)length * Unsafe.SizeOf<T>();
        if (bytes < Least || !OperatingSystem.IsLinux())
        {
            return GC.AllocateArray<T>(length, pinned);
        }
        T[] array = GC.AllocateUninitializedArray<T>(length, pinned);
        Advise(array, bytes);
        if (clears)
        {
            array.AsSpan().Clear(); // touches every page, a large one at a time
        }
        return array;
    }

    private static void Advise(System.Array array, long bytes)
    {
        var pinned = GCHandle.Alloc(array, GCHandleType.Pinned);
        long first = (pinned.AddrOfPinnedObject() + PageSize - 1) / PageSize * PageSize;
        _ = Advise((nint)first, (nuint)(bytes - PageSize) / (nuint)PageSize * (nuint)PageSize, UseLargePages);
        pinned.Free();
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(nint address, nuint length, int advice);
}
