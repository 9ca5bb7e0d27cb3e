using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// An effective point-spread function on a grid finer than the pixels (Anderson &amp; King 2000, PASP 112, 1360): the value is what a
/// pixel at that offset collects, so nothing is left to integrate. Between grid points a cubic (Catmull–Rom) surface; outside the wings,
/// or 0.
/// </summary>
public sealed class EmpiricalPsf : PsfModel
{
    private readonly double[] grid;
    private readonly PsfModel? wings;
    private readonly (double Major, double Minor, double AngleDegrees) width;

    /// <summary>A profile from its grid.</summary>
    /// <param name="grid">Row-major [side, side], the star's centre on the middle point; scaled here to flux 1.</param>
    /// <param name="side">Points along each side, odd.</param>
    /// <param name="oversampling">Grid points a pixel.</param>
    /// <param name="wings">The profile beyond the grid, whose light there counts as the star's; null: none.</param>
    public EmpiricalPsf(ReadOnlySpan<double> grid, int side, int oversampling, PsfModel? wings = null)
    {
        Require.SameLength(side * side, grid.Length);
        if (side % 2 == 0)
        {
            throw new ArgumentException("The grid needs an odd number of points a side.", nameof(side));
        }
        Side = side;
        Oversampling = Require.Positive(oversampling);
        double sum = 0;
        foreach (double value in grid)
        {
            sum += value;
        }
        if (!(sum > 0))
        {
            throw new ArgumentException("The grid holds no light.", nameof(grid));
        }
        this.grid = grid.ToArray();
        this.wings = wings;
        double scale = oversampling * oversampling * (1 - LightOutside(wings, side, oversampling)) / sum;
        for (int i = 0; i < this.grid.Length; i++)
        {
            this.grid[i] *= scale;
        }
        width = MeasureWidth();
    }

    /// <summary>Grid points along each side.</summary>
    public int Side { get; }

    /// <summary>Grid points a pixel.</summary>
    public int Oversampling { get; }

    /// <summary>How far from the centre it is known, pixels.</summary>
    public double RadiusPixels => ((Side / 2) - 1.0) / Oversampling;

    /// <summary>The grid, row-major, of mean <c>oversampling² / side²</c>.</summary>
    public ReadOnlySpan<double> Grid => grid;

    /// <inheritdoc/>
    public override double FwhmMajor => width.Major;

    /// <inheritdoc/>
    public override double FwhmMinor => width.Minor;

    /// <inheritdoc/>
    public override double AngleDegrees => width.AngleDegrees;

    /// <inheritdoc/>
    public override double At(double dx, double dy, out double slopeX, out double slopeY)
    {
        double u = (dx * Oversampling) + (Side / 2);
        double v = (dy * Oversampling) + (Side / 2);
        (slopeX, slopeY) = (0, 0);
        if (!(u >= 1 && v >= 1 && u < Side - 2 && v < Side - 2))
        {
            return wings is null ? 0 : wings.At(dx, dy, out slopeX, out slopeY);
        }
        int i = (int)u;
        int j = (int)v;
        Span<double> wx = stackalloc double[4];
        Span<double> sx = stackalloc double[4];
        Span<double> wy = stackalloc double[4];
        Span<double> sy = stackalloc double[4];
        CatmullRom(u - i, wx, sx);
        CatmullRom(v - j, wy, sy);
        double value = 0;
        for (int b = 0; b < 4; b++)
        {
            int at = ((j - 1 + b) * Side) + i - 1;
            double along = (wx[0] * grid[at]) + (wx[1] * grid[at + 1]) + (wx[2] * grid[at + 2]) + (wx[3] * grid[at + 3]);
            double slope = (sx[0] * grid[at]) + (sx[1] * grid[at + 1]) + (sx[2] * grid[at + 2]) + (sx[3] * grid[at + 3]);
            value += wy[b] * along;
            slopeX += wy[b] * slope;
            slopeY += sy[b] * along;
        }
        slopeX *= Oversampling;
        slopeY *= Oversampling;
        return value;
    }

    // All pixels of a star lie alike between the grid points: the weights are the same for all.
    internal override void Sample(
        double x,
        double y,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<int> rows,
        Span<double> value,
        Span<double> slopeX,
        Span<double> slopeY
    )
    {
        Span<double> wx = stackalloc double[4];
        Span<double> sx = stackalloc double[4];
        Span<double> wy = stackalloc double[4];
        Span<double> sy = stackalloc double[4];
        int left = Place(x, wx, sx);
        int top = Place(y, wy, sy);
        for (int p = 0; p < columns.Length; p++)
        {
            long i = left + ((long)Oversampling * columns[p]);
            long j = top + ((long)Oversampling * rows[p]);
            if (i < 1 || j < 1 || i + 2 >= Side || j + 2 >= Side)
            {
                value[p] = At(columns[p] - x, rows[p] - y, out slopeX[p], out slopeY[p]);
                continue;
            }
            (double sum, double alongX, double alongY) = (0, 0, 0);
            for (int b = 0; b < 4; b++)
            {
                ReadOnlySpan<double> g = grid.AsSpan((int)(((j - 1 + b) * Side) + i - 1), 4);
                double along = (wx[0] * g[0]) + (wx[1] * g[1]) + (wx[2] * g[2]) + (wx[3] * g[3]);
                double slope = (sx[0] * g[0]) + (sx[1] * g[1]) + (sx[2] * g[2]) + (sx[3] * g[3]);
                sum += wy[b] * along;
                alongX += wy[b] * slope;
                alongY += sy[b] * along;
            }
            (value[p], slopeX[p], slopeY[p]) = (sum, alongX * Oversampling, alongY * Oversampling);
        }
    }

    internal override void Paint(Image image, double x, double y, double flux, double radius)
    {
        Span<double> wx = stackalloc double[4];
        Span<double> wy = stackalloc double[4];
        Span<double> ignored = stackalloc double[4];
        int left = Place(x, wx, ignored);
        int top = Place(y, wy, ignored);
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(y + radius));
        for (int row = Math.Max(0, (int)Math.Ceiling(y - radius)); row <= bottom; row++)
        {
            double reach = Math.Sqrt(Math.Max(0, (radius * radius) - ((row - y) * (row - y))));
            int right = Math.Min(image.Width - 1, (int)Math.Floor(x + reach));
            int j = top + (Oversampling * row);
            for (int column = Math.Max(0, (int)Math.Ceiling(x - reach)); column <= right; column++)
            {
                int i = left + (Oversampling * column);
                double value = 0;
                if (i < 1 || j < 1 || i + 2 >= Side || j + 2 >= Side)
                {
                    value = wings?.At(column - x, row - y) ?? 0;
                }
                else
                {
                    for (int b = 0; b < 4; b++)
                    {
                        ReadOnlySpan<double> g = grid.AsSpan(((j - 1 + b) * Side) + i - 1, 4);
                        value += wy[b] * ((wx[0] * g[0]) + (wx[1] * g[1]) + (wx[2] * g[2]) + (wx[3] * g[3]));
                    }
                }
                image[column, row] += (float)(flux * value);
            }
        }
    }

    // Grid index of the picture's pixel 0 for a star at this column or row, and the weights that hold for all its pixels.
    private int Place(double at, Span<double> weights, Span<double> slopes)
    {
        double first = (Side / 2) - (at * Oversampling);
        double index = Math.Clamp(Math.Floor(first), -1e9, 1e9);
        CatmullRom(Math.Clamp(first - index, 0, 1), weights, slopes);
        return (int)index;
    }

    internal static double LightOutside(PsfModel? wings, int side, int oversampling)
    {
        if (wings is null)
        {
            return 0;
        }
        double inside = 0;
        for (int k = 0; k < side * side; k++)
        {
            inside += wings.At(((k % side) - (side / 2)) / (double)oversampling, ((k / side) - (side / 2)) / (double)oversampling);
        }
        return Math.Max(0, 1 - (inside / (oversampling * oversampling)));
    }

    private static void CatmullRom(double t, Span<double> weights, Span<double> slopes)
    {
        double t2 = t * t;
        double t3 = t2 * t;
        weights[0] = 0.5 * (-t3 + (2 * t2) - t);
        weights[1] = 0.5 * ((3 * t3) - (5 * t2) + 2);
        weights[2] = 0.5 * ((-3 * t3) + (4 * t2) + t);
        weights[3] = 0.5 * (t3 - t2);
        slopes[0] = 0.5 * ((-3 * t2) + (4 * t) - 1);
        slopes[1] = 0.5 * ((9 * t2) - (10 * t));
        slopes[2] = 0.5 * ((-9 * t2) + (8 * t) + 1);
        slopes[3] = 0.5 * ((3 * t2) - (2 * t));
    }

    // The half-maximum contour in 72 directions; an ellipse through it from its second moments.
    private (double Major, double Minor, double AngleDegrees) MeasureWidth()
    {
        const int Directions = 72;
        double half = At(0, 0) / 2;
        (double xx, double yy, double xy) = (0, 0, 0);
        for (int k = 0; k < Directions; k++)
        {
            double angle = 2 * Math.PI * k / Directions;
            (double c, double s) = (Math.Cos(angle), Math.Sin(angle));
            double r = 0;
            double step = 0.05;
            while (r < RadiusPixels && At((r + step) * c, (r + step) * s) > half)
            {
                r += step;
            }
            double inner = At(r * c, r * s);
            double outer = At((r + step) * c, (r + step) * s);
            r += inner > outer ? step * Math.Clamp((inner - half) / (inner - outer), 0, 1) : 0;
            // The quadratic form of an ellipse is 1/r² in each direction; its mean against cos² and sin² gives its elements.
            double form = 1 / (r * r);
            xx += form * ((4 * c * c) - 1) / Directions;
            yy += form * ((4 * s * s) - 1) / Directions;
            xy += form * 4 * c * s / Directions;
        }
        (double major, double minor, double direction) = new EllipseShape(xx, yy, xy).Axes();
        return (2 * major, 2 * minor, direction);
    }
}
