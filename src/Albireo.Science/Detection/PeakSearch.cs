using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>
/// Local maxima of a picture convolved with a <see cref="StarFinderKernel"/> (zero outside the picture), as photutils' find_peaks
/// sees them in double precision. The whole picture is convolved in float; what comes near the threshold is decided in double.
/// </summary>
internal sealed class PeakSearch
{
    private const int BandHeight = 64;
    private const int Lanes = 16;

    private readonly Image image;
    private readonly StarFinderKernel kernel;
    private readonly (int X, int Y, double Weight)[] taps;
    private readonly (int X, int Y)[] footprint;

    /// <summary>A search over one picture.</summary>
    /// <param name="image">The picture, background off.</param>
    /// <param name="kernel">What it is convolved with.</param>
    /// <param name="separation">Radius of the circle that a peak must dominate; 0: the kernel's own pixels.</param>
    public PeakSearch(Image image, StarFinderKernel kernel, int separation)
    {
        this.image = image;
        this.kernel = kernel;
        var used = new List<(int, int, double)>();
        var foot = new List<(int, int)>();
        for (int j = -kernel.RadiusY; j <= kernel.RadiusY; j++)
        {
            for (int i = -kernel.RadiusX; i <= kernel.RadiusX; i++)
            {
                int at = ((j + kernel.RadiusY) * kernel.Width) + i + kernel.RadiusX;
                if (kernel.Mask[at])
                {
                    used.Add((i, j, kernel.Weights[at]));
                    foot.Add((i, j));
                }
            }
        }
        taps = [.. used];
        if (separation > 0)
        {
            foot.Clear();
            for (int j = -separation; j <= separation; j++)
            {
                for (int i = -separation; i <= separation; i++)
                {
                    if ((i * i) + (j * j) <= separation * separation)
                    {
                        foot.Add((i, j));
                    }
                }
            }
        }
        foot.Remove((0, 0));
        // Near pixels first: they decide most cases.
        footprint = [.. foot.OrderBy(f => (f.Item1 * f.Item1) + (f.Item2 * f.Item2))];
    }

    /// <summary>The convolved picture at a pixel, in double precision; 0 outside the picture.</summary>
    public double Convolved(int x, int y)
    {
        if (x < 0 || y < 0 || x >= image.Width || y >= image.Height)
        {
            return 0;
        }
        double sum = 0;
        foreach ((int dx, int dy, double weight) in taps)
        {
            (int column, int row) = (x + dx, y + dy);
            if (column >= 0 && row >= 0 && column < image.Width && row < image.Height)
            {
                sum += weight * image[column, row];
            }
        }
        return sum;
    }

    /// <summary>All peaks above the threshold, in row and column order.</summary>
    /// <param name="threshold">Above 0, in units of the convolved picture.</param>
    /// <param name="mask">Masked pixels are no peaks.</param>
    /// <param name="excludeBorder">Leave out peaks within the kernel's radius of the border.</param>
    /// <param name="runner">Who runs the bands.</param>
    public (int X, int Y)[] Find(double threshold, PixelMask? mask, bool excludeBorder, BandRunner runner)
    {
        (int width, int height) = (image.Width, image.Height);
        float[] convolved = ArrayPool<float>.Shared.Rent(width * height);
        int bandCount = (height + BandHeight - 1) / BandHeight;
        var largest = new float[bandCount];
        runner.Run(height, BandHeight, (band, first, count) => largest[band] = Convolve(convolved, first, count));
        // Rounding of the float convolution: a few units in the last place of the largest pixel.
        double slack = 4e-6 * largest.Max();
        var found = new List<(int, int)>[bandCount];
        runner.Run(
            height,
            BandHeight,
            (band, first, count) =>
            {
                var list = new List<(int, int)>();
                for (int y = first; y < first + count; y++)
                {
                    FindInRow(convolved, y, threshold, slack, mask, list);
                }
                found[band] = list;
            }
        );
        ArrayPool<float>.Shared.Return(convolved);
        IEnumerable<(int X, int Y)> peaks = found.SelectMany(f => f);
        if (excludeBorder)
        {
            peaks = peaks.Where(p =>
                p.X > kernel.RadiusX && p.Y > kernel.RadiusY && p.X < width - kernel.RadiusX && p.Y < height - kernel.RadiusY
            );
        }
        return [.. peaks];
    }

    // Convolves the rows of a band; returns the largest absolute pixel that it met.
    private float Convolve(float[] result, int first, int count)
    {
        int width = image.Width;
        int pad = (kernel.RadiusX + Lanes - 1) / Lanes * Lanes;
        int stride = ((width + Lanes - 1) / Lanes * Lanes) + (2 * pad);
        int rows = count + (2 * kernel.RadiusY);
        float[] block = ArrayPool<float>.Shared.Rent(rows * stride);
        float[] row = ArrayPool<float>.Shared.Rent(stride);
        block.AsSpan(0, rows * stride).Clear();
        for (int r = 0; r < rows; r++)
        {
            int y = first - kernel.RadiusY + r;
            if (y >= 0 && y < image.Height)
            {
                image.Row(y).CopyTo(block.AsSpan((r * stride) + pad));
            }
        }
        Vector512<float> largest = default;
        foreach (Vector512<float> v in MemoryMarshal.Cast<float, Vector512<float>>(block.AsSpan(0, rows * stride)))
        {
            Vector512<float> size = Vector512.Abs(v);
            largest = Vector512.ConditionalSelect(Vector512.GreaterThan(size, largest), size, largest);
        }
        ref float start = ref MemoryMarshal.GetArrayDataReference(block);
        for (int r = 0; r < count; r++)
        {
            int centre = ((r + kernel.RadiusY) * stride) + pad;
            for (int x = 0; x < width; x += Lanes)
            {
                Vector512<float> sum = default;
                foreach ((int dx, int dy, double weight) in taps)
                {
                    sum += Vector512.LoadUnsafe(ref start, (nuint)(centre + (dy * stride) + x + dx)) * (float)weight;
                }
                sum.StoreUnsafe(ref row[x]);
            }
            row.AsSpan(0, width).CopyTo(result.AsSpan((first + r) * width));
        }
        ArrayPool<float>.Shared.Return(block);
        ArrayPool<float>.Shared.Return(row);
        float most = 0;
        for (int i = 0; i < Lanes; i++)
        {
            most = Math.Max(most, largest.GetElement(i));
        }
        return most;
    }

    private void FindInRow(float[] convolved, int y, double threshold, double slack, PixelMask? mask, List<(int, int)> found)
    {
        int width = image.Width;
        ReadOnlySpan<float> row = convolved.AsSpan(y * width, width);
        float least = (float)(threshold - slack);
        int x = 0;
        Vector512<float> limit = Vector512.Create(least);
        for (; x <= width - Lanes; x += Lanes)
        {
            ulong above = Vector512
                .GreaterThan(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x), limit)
                .ExtractMostSignificantBits();
            while (above != 0)
            {
                Consider(convolved, x + BitOperations.TrailingZeroCount(above), y, threshold, slack, mask, found);
                above &= above - 1;
            }
        }
        for (; x < width; x++)
        {
            if (row[x] > least)
            {
                Consider(convolved, x, y, threshold, slack, mask, found);
            }
        }
    }

    private void Consider(float[] convolved, int x, int y, double threshold, double slack, PixelMask? mask, List<(int, int)> found)
    {
        int width = image.Width;
        float own = convolved[(y * width) + x];
        double exact = double.NaN;
        foreach ((int dx, int dy) in footprint)
        {
            (int column, int row) = (x + dx, y + dy);
            if (column < 0 || row < 0 || column >= width || row >= image.Height)
            {
                continue;
            }
            float other = convolved[(row * width) + column];
            if (other > own + slack)
            {
                return;
            }
            if (other > own - slack)
            {
                exact = double.IsNaN(exact) ? Convolved(x, y) : exact;
                if (Convolved(column, row) > exact)
                {
                    return;
                }
            }
        }
        exact = double.IsNaN(exact) ? Convolved(x, y) : exact;
        if (exact > threshold && (mask is null || PixelUse.Counts(mask[x, y])))
        {
            found.Add((x, y));
        }
    }
}
