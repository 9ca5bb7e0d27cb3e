using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Background;

/// <summary>
/// The cubic spline through a mesh (Unser 1999, IEEE Signal Processing Magazine 16(6), 22), mirrored at the borders of the outermost
/// boxes, which is what <c>scipy.ndimage.zoom(order=3, mode="reflect", grid_mode=True)</c> computes; values are kept within the
/// mesh's least and greatest.
/// </summary>
internal sealed class MeshSpline : MeshInterpolator
{
    private static readonly double Pole = Math.Sqrt(3) - 2;

    private readonly int columns;
    private readonly int rows;
    private readonly int boxWidth;
    private readonly int boxHeight;
    private readonly double[] coefficients;
    private readonly double least;
    private readonly double greatest;

    /// <summary>Weights of the four boxes around each pixel column of a box: [4, boxWidth].</summary>
    private readonly double[] weights;

    public MeshSpline(ReadOnlySpan<double> mesh, int columns, int boxWidth, int boxHeight)
    {
        this.columns = columns;
        this.boxWidth = boxWidth;
        this.boxHeight = boxHeight;
        rows = mesh.Length / columns;
        coefficients = mesh.ToArray();
        least = double.PositiveInfinity;
        greatest = double.NegativeInfinity;
        foreach (double value in mesh)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        double[] line = new double[Math.Max(rows, columns)];
        for (int y = 0; y < rows; y++)
        {
            Filter(coefficients.AsSpan(y * columns, columns));
        }
        for (int x = 0; x < columns; x++)
        {
            for (int y = 0; y < rows; y++)
            {
                line[y] = coefficients[(y * columns) + x];
            }
            Filter(line.AsSpan(0, rows));
            for (int y = 0; y < rows; y++)
            {
                coefficients[(y * columns) + x] = line[y];
            }
        }
        weights = new double[4 * boxWidth];
        Span<double> four = stackalloc double[4];
        for (int x = 0; x < boxWidth; x++)
        {
            double u = ((x + 0.5) / boxWidth) - 0.5;
            Weigh(u - Math.Floor(u), four);
            for (int k = 0; k < 4; k++)
            {
                weights[(k * boxWidth) + x] = four[k];
            }
        }
    }

    /// <inheritdoc/>
    public override void Row(int y, Span<float> destination)
    {
        if (least == greatest)
        {
            destination.Fill((float)least);
            return;
        }
        // line[j + 2] is the coefficient of box column j in this row, mirrored beyond both ends.
        double[] line = ArrayPool<double>.Shared.Rent(columns + 4);
        Combine(((y + 0.5) / boxHeight) - 0.5, line);
        int half = boxWidth / 2;
        for (int column = 0; column * boxWidth < destination.Length; column++)
        {
            int start = column * boxWidth;
            int end = Math.Min(start + boxWidth, destination.Length);
            int middle = Math.Min(start + half, end);
            Blend(line.AsSpan(column, 4), 0, destination[start..middle]);
            Blend(line.AsSpan(column + 1, 4), half, destination[middle..end]);
        }
        ArrayPool<double>.Shared.Return(line);
    }

    /// <inheritdoc/>
    public override double At(double x, double y)
    {
        double u = Math.Clamp(((x + 0.5) / boxWidth) - 0.5, -0.5, columns - 0.5);
        double v = Math.Clamp(((y + 0.5) / boxHeight) - 0.5, -0.5, rows - 0.5);
        Span<double> across = stackalloc double[4];
        Span<double> down = stackalloc double[4];
        int left = (int)Math.Floor(u);
        int top = (int)Math.Floor(v);
        Weigh(u - left, across);
        Weigh(v - top, down);
        double sum = 0;
        for (int j = 0; j < 4; j++)
        {
            int row = Mirror(top - 1 + j, rows) * columns;
            double line = 0;
            for (int i = 0; i < 4; i++)
            {
                line += across[i] * coefficients[row + Mirror(left - 1 + i, columns)];
            }
            sum += down[j] * line;
        }
        return Math.Clamp(sum, least, greatest);
    }

    /// <summary>The spline's coefficients from its values, in place: a recursive filter run forth and back, exact at mirrored ends.</summary>
    private static void Filter(Span<double> line)
    {
        int n = line.Length;
        if (n == 1)
        {
            return;
        }
        foreach (ref double value in line)
        {
            value *= 6;
        }
        double power = Pole;
        double wrap = 1;
        for (int i = 0; i < n && wrap != 0; i++)
        {
            wrap *= Pole;
        }
        double first = line[0];
        double sum = first + (wrap * line[n - 1]);
        for (int i = 1; i < n; i++)
        {
            sum += power * (line[i] + (wrap * line[n - 1 - i]));
            power *= Pole;
        }
        line[0] = (sum * Pole / (1 - (wrap * wrap))) + first;
        for (int i = 1; i < n; i++)
        {
            line[i] += Pole * line[i - 1];
        }
        line[n - 1] *= Pole / (Pole - 1);
        for (int i = n - 2; i >= 0; i--)
        {
            line[i] = Pole * (line[i + 1] - line[i]);
        }
    }

    /// <summary>The four cubic B-spline weights at a fraction t of the way from the second to the third point.</summary>
    private static void Weigh(double t, Span<double> four)
    {
        double s = 1 - t;
        four[0] = s * s * s / 6;
        four[1] = ((t * t * (t - 2) * 3) + 4) / 6;
        four[2] = ((s * s * (s - 2) * 3) + 4) / 6;
        four[3] = t * t * t / 6;
    }

    private static int Mirror(int index, int count)
    {
        int period = 2 * count;
        int folded = ((index % period) + period) % period;
        return folded < count ? folded : period - 1 - folded;
    }

    private void Combine(double v, Span<double> line)
    {
        Span<double> four = stackalloc double[4];
        int top = (int)Math.Floor(v);
        Weigh(v - top, four);
        ReadOnlySpan<double> a = Coefficients(top - 1);
        ReadOnlySpan<double> b = Coefficients(top);
        ReadOnlySpan<double> c = Coefficients(top + 1);
        ReadOnlySpan<double> d = Coefficients(top + 2);
        for (int x = 0; x < columns; x++)
        {
            line[x + 2] = (four[0] * a[x]) + (four[1] * b[x]) + (four[2] * c[x]) + (four[3] * d[x]);
        }
        line[1] = line[2 + Mirror(-1, columns)];
        line[0] = line[2 + Mirror(-2, columns)];
        line[columns + 2] = line[2 + Mirror(columns, columns)];
        line[columns + 3] = line[2 + Mirror(columns + 1, columns)];
    }

    private ReadOnlySpan<double> Coefficients(int row) => coefficients.AsSpan(Mirror(row, rows) * columns, columns);

    /// <summary>Weighted sum of four boxes for a run of pixel columns that begins at column <paramref name="phase"/> of its box.</summary>
    private void Blend(ReadOnlySpan<double> four, int phase, Span<float> run)
    {
        ReadOnlySpan<double> w0 = weights.AsSpan(phase, run.Length);
        ReadOnlySpan<double> w1 = weights.AsSpan(boxWidth + phase, run.Length);
        ReadOnlySpan<double> w2 = weights.AsSpan((2 * boxWidth) + phase, run.Length);
        ReadOnlySpan<double> w3 = weights.AsSpan((3 * boxWidth) + phase, run.Length);
        (double c0, double c1, double c2, double c3) = (four[0], four[1], four[2], four[3]);
        ref double first = ref MemoryMarshal.GetReference(w0);
        nuint stride = (nuint)boxWidth;
        int i = 0;
        for (; i <= run.Length - 16; i += 16)
        {
            Vector512<double> low = BlendLanes(ref first, (nuint)i, stride, c0, c1, c2, c3);
            Vector512<double> high = BlendLanes(ref first, (nuint)i + 8, stride, c0, c1, c2, c3);
            Vector512.Narrow(low, high).CopyTo(run[i..]);
        }
        for (; i < run.Length; i++)
        {
            double value = (w0[i] * c0) + (w1[i] * c1) + (w2[i] * c2) + (w3[i] * c3);
            run[i] = (float)Math.Min(Math.Max(value, least), greatest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> BlendLanes(ref double first, nuint at, nuint stride, double c0, double c1, double c2, double c3)
    {
        Vector512<double> value =
            (Vector512.LoadUnsafe(ref first, at) * c0)
            + (Vector512.LoadUnsafe(ref first, at + stride) * c1)
            + (Vector512.LoadUnsafe(ref first, at + (2 * stride)) * c2)
            + (Vector512.LoadUnsafe(ref first, at + (3 * stride)) * c3);
        Vector512<double> low = Vector512.Create(least);
        Vector512<double> high = Vector512.Create(greatest);
        value = Vector512.ConditionalSelect(Vector512.LessThan(value, low), low, value);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(value, high), high, value);
    }
}
