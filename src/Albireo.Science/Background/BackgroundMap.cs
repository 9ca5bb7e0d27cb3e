using System.Numerics.Tensors;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Background;

/// <summary>Sky level and noise at every pixel, kept as a mesh and interpolated a row at a time. Safe to use on several threads.</summary>
public sealed class BackgroundMap
{
    private readonly double[] level;
    private readonly double[] rms;
    private readonly bool[] measured;
    private readonly MeshInterpolator levels;
    private readonly MeshInterpolator noise;

    private BackgroundMap(
        (int Width, int Height) size,
        (int Width, int Height) box,
        int columns,
        double[] level,
        double[] rms,
        bool[] measured,
        BackgroundInterpolation interpolation
    )
    {
        (Width, Height) = size;
        (BoxWidth, BoxHeight) = box;
        MeshColumns = columns;
        MeshRows = level.Length / columns;
        this.level = level;
        this.rms = rms;
        this.measured = measured;
        MedianLevel = Medians.Of((double[])level.Clone());
        MedianRms = Medians.Of((double[])rms.Clone());
        levels = Interpolator(level, interpolation);
        noise = Interpolator(rms, interpolation);
    }

    /// <summary>Number of pixel columns.</summary>
    public int Width { get; }

    /// <summary>Number of pixel rows.</summary>
    public int Height { get; }

    /// <summary>Boxes in a row of the mesh.</summary>
    public int MeshColumns { get; }

    /// <summary>Rows of boxes.</summary>
    public int MeshRows { get; }

    /// <summary>Pixel columns in a box.</summary>
    public int BoxWidth { get; }

    /// <summary>Pixel rows in a box.</summary>
    public int BoxHeight { get; }

    /// <summary>Median of the level mesh, filled in and filtered.</summary>
    public double MedianLevel { get; }

    /// <summary>Median of the noise mesh, filled in and filtered.</summary>
    public double MedianRms { get; }

    /// <summary>The level mesh, filled in and filtered: row-major [rows, columns].</summary>
    public ReadOnlySpan<double> LevelMesh => level;

    /// <summary>The noise mesh, filled in and filtered: row-major [rows, columns].</summary>
    public ReadOnlySpan<double> RmsMesh => rms;

    /// <summary>Which boxes had enough good pixels; the others were filled in: row-major [rows, columns].</summary>
    public ReadOnlySpan<bool> Measured => measured;

    /// <summary>Writes the sky level of row <paramref name="y"/>.</summary>
    /// <param name="y">In [0, height).</param>
    /// <param name="destination">As long as a row.</param>
    public void LevelRow(int y, Span<float> destination) => levels.Row(y, Checked(y, destination));

    /// <summary>Writes the sky noise of row <paramref name="y"/>.</summary>
    /// <param name="y">In [0, height).</param>
    /// <param name="destination">As long as a row.</param>
    public void RmsRow(int y, Span<float> destination) => noise.Row(y, Checked(y, destination));

    /// <summary>Sky level at a position; beyond the picture's edge the value at the edge.</summary>
    public double LevelAt(double x, double y) => levels.At(Math.Clamp(x, -0.5, Width - 0.5), Math.Clamp(y, -0.5, Height - 0.5));

    /// <summary>Sky noise at a position; beyond the picture's edge the value at the edge.</summary>
    public double RmsAt(double x, double y) => noise.At(Math.Clamp(x, -0.5, Width - 0.5), Math.Clamp(y, -0.5, Height - 0.5));

    /// <summary>The sky level of every pixel.</summary>
    public Image LevelImage(BandRunner? runner = null) => Whole(levels, runner);

    /// <summary>The sky noise of every pixel.</summary>
    public Image RmsImage(BandRunner? runner = null) => Whole(noise, runner);

    /// <summary>A picture minus the sky level.</summary>
    /// <param name="image">Of the size that was measured.</param>
    /// <param name="runner">Visits bands of rows; null = one after the other.</param>
    public Image Subtracted(Image image, BandRunner? runner = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.SameLength(Width, image.Width);
        Require.SameLength(Height, image.Height);
        Image difference = LevelImage(runner);
        TensorPrimitives.Subtract(image.Pixels, difference.Pixels, difference.Pixels);
        return difference;
    }

    /// <summary>Fills in what was left out (NaN), filters, and prepares the interpolation.</summary>
    internal static BackgroundMap FromMesh(
        (int Width, int Height) size,
        (int Width, int Height) box,
        int columns,
        double[] level,
        double[] rms,
        BackgroundOptions options
    )
    {
        bool[] known = Array.ConvertAll(level, v => !double.IsNaN(v));
        if (!known.AsSpan().Contains(true))
        {
            throw new EmptyBackgroundException(level.Length, options.ExcludePercentile);
        }
        MeshRepair.Fill(level, columns);
        MeshRepair.Fill(rms, columns);
        if (options.FilterSize > 1)
        {
            level = MeshRepair.MedianFilter(level, columns, options.FilterSize);
            rms = MeshRepair.MedianFilter(rms, columns, options.FilterSize);
        }
        return new BackgroundMap(size, box, columns, level, rms, known, options.Interpolation);
    }

    private MeshInterpolator Interpolator(double[] mesh, BackgroundInterpolation interpolation) =>
        interpolation switch
        {
            BackgroundInterpolation.Bicubic => new MeshSpline(mesh, MeshColumns, BoxWidth, BoxHeight),
            BackgroundInterpolation.InverseDistance => new MeshShepard(mesh, measured, MeshColumns, BoxWidth, BoxHeight),
        };

    private Image Whole(MeshInterpolator interpolator, BandRunner? runner)
    {
        var image = new Image(Width, Height);
        (runner ?? BandRunner.Serial).Run(
            Height,
            64,
            (_, first, count) =>
            {
                for (int y = first; y < first + count; y++)
                {
                    interpolator.Row(y, image.Row(y));
                }
            }
        );
        return image;
    }

    private Span<float> Checked(int y, Span<float> destination)
    {
        Require.SameLength(Width, destination.Length);
        return y >= 0 && y < Height
            ? destination
            : throw new ArgumentOutOfRangeException(nameof(y), y, $"Row {y} does not exist; there are {Height}.");
    }
}
