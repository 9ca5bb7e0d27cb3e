using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>
/// The pixels around one star, copied to doubles: values and variances (0 where a pixel is unusable or outside the picture), and a list
/// of the pixels that have something wrong with them. One object serves all stars of a picture; its memory is rented.
/// </summary>
internal sealed class ApertureBox : IDisposable
{
    private readonly Image image;
    private readonly PixelMask? mask;
    private readonly Image? uncertainty;
    private readonly Image? raw;
    private readonly ApertureOptions options;
    private readonly double[] values;
    private readonly double[] variances;
    private readonly List<Oddity> oddities = [];

    /// <summary>A box large enough for circles up to <paramref name="radius"/>.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="mask">Its flags; null = none.</param>
    /// <param name="uncertainty">Its σ; null = unknown.</param>
    /// <param name="raw">Raw counts for saturation; null = the picture.</param>
    /// <param name="radius">The largest radius that will be asked for.</param>
    /// <param name="options">Levels of saturation and non-linearity.</param>
    public ApertureBox(Image image, PixelMask? mask, Image? uncertainty, Image? raw, double radius, ApertureOptions options)
    {
        this.image = image;
        this.mask = mask;
        this.uncertainty = uncertainty;
        this.raw = raw;
        this.options = options;
        Side = (2 * (int)Math.Ceiling(radius)) + 3;
        Stride = ((Side + 7) & ~7) + 8;
        values = Zeros(Side * Stride);
        variances = uncertainty is null ? [] : Zeros(Side * Stride);
    }

    /// <summary>Rows and usable columns of the box.</summary>
    public int Side { get; }

    /// <summary>Doubles from one row to the next; at least eight more than <see cref="Side"/>.</summary>
    public int Stride { get; }

    /// <summary>The star's column within the box.</summary>
    public double X { get; private set; }

    /// <summary>The star's row within the box.</summary>
    public double Y { get; private set; }

    /// <summary>Pixel values, at least [Side, Stride].</summary>
    public double[] Values => values;

    /// <summary>Squared uncertainties, at least [Side, Stride]; empty if there are none.</summary>
    public double[] Variances => variances;

    /// <summary>Pixels with a flag, positions relative to the star.</summary>
    public ReadOnlySpan<Oddity> Oddities => CollectionsMarshal.AsSpan(oddities);

    /// <summary>Something wrong with a pixel at an offset from the star.</summary>
    internal readonly record struct Oddity(double Dx, double Dy, PixelQuality Quality);

    /// <summary>Whether a pixel has no usable value.</summary>
    public static bool IsUnusable(PixelQuality quality) =>
        (quality & (PixelQuality.BadPixel | PixelQuality.CosmicRay | PixelQuality.Undefined)) != PixelQuality.None;

    /// <summary>Copies the pixels around a star that lies on the picture.</summary>
    /// <param name="position">Finite, on the picture.</param>
    /// <param name="radius">At most the radius of construction.</param>
    public void Load(PixelPosition position, double radius)
    {
        oddities.Clear();
        int left = (int)Math.Floor(position.X - radius - 0.5);
        int top = (int)Math.Floor(position.Y - radius - 0.5);
        X = position.X - left;
        Y = position.Y - top;
        int rows = Math.Min((int)Math.Ceiling(position.Y + radius + 0.5) - top + 1, Side);
        int columns = Math.Min((int)Math.Ceiling(position.X + radius + 0.5) - left + 1, Side);
        int from = Math.Max(left, 0);
        int to = Math.Min(left + columns, image.Width);
        for (int row = 0; row < rows; row++)
        {
            int y = top + row;
            Span<double> line = values.AsSpan(row * Stride, Stride);
            if (y < 0 || y >= image.Height || to <= from)
            {
                line.Clear();
                continue;
            }
            if (from > left || to < left + columns)
            {
                line.Clear();
            }
            ReadOnlySpan<float> pixels = image.Row(y)[from..to];
            Span<double> target = line.Slice(from - left, to - from);
            Widening.Copy(pixels, target);
            Span<double> variance = default;
            if (uncertainty is not null)
            {
                variance = variances.AsSpan((row * Stride) + from - left, to - from);
                Widening.CopySquares(uncertainty.Row(y)[from..to], variance);
            }
            Inspect(y, from, to, position, target, variance);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(values);
        if (variances.Length > 0)
        {
            ArrayPool<double>.Shared.Return(variances);
        }
    }

    private static double[] Zeros(int length)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(length);
        rented.AsSpan(0, length).Clear();
        return rented;
    }

    /// <summary>Lists the row's pixels that have a flag or no value, and sets the unusable ones to 0.</summary>
    private void Inspect(int y, int from, int to, PixelPosition position, Span<double> target, Span<double> variance)
    {
        ReadOnlySpan<float> pixels = image.Row(y)[from..to];
        ReadOnlySpan<float> counts = raw is null ? pixels : raw.Row(y)[from..to];
        ReadOnlySpan<PixelQuality> flags = mask is null ? default : mask.Row(y)[from..to];
        bool ordinary =
            Moments.AllFinite(pixels)
            && !MemoryMarshal.AsBytes(flags).ContainsAnyExcept((byte)0)
            && !Reaches(counts, options.SaturationLevel)
            && !Reaches(counts, options.NonlinearLevel);
        if (ordinary)
        {
            return;
        }
        for (int x = 0; x < pixels.Length; x++)
        {
            PixelQuality quality = flags.IsEmpty ? PixelQuality.None : flags[x];
            quality |= float.IsFinite(pixels[x]) ? PixelQuality.None : PixelQuality.Undefined;
            quality |= counts[x] >= options.SaturationLevel ? PixelQuality.Saturated : PixelQuality.None;
            quality |= counts[x] >= options.NonlinearLevel ? PixelQuality.Nonlinear : PixelQuality.None;
            if (quality == PixelQuality.None)
            {
                continue;
            }
            oddities.Add(new Oddity(from + x - position.X, y - position.Y, quality));
            if (IsUnusable(quality))
            {
                target[x] = 0;
                if (!variance.IsEmpty)
                {
                    variance[x] = 0;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Reaches(ReadOnlySpan<float> counts, double? level)
    {
        if (level is null)
        {
            return false;
        }
        foreach (float count in counts)
        {
            if (count >= level.GetValueOrDefault())
            {
                return true;
            }
        }
        return false;
    }
}
