using Albireo.Science.Images;
using Albireo.Science.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Albireo.Science.Calibration;

/// <summary>The bias level of each line from the strip that the camera reads beyond its pixels (BIASSEC).</summary>
public static class Overscan
{
    private const int Rounds = 3;

    /// <summary>Whether a strip gives a level for each row (it stands at a side) rather than for each column.</summary>
    public static bool IsByRow(Image image, PixelRegion strip)
    {
        ArgumentNullException.ThrowIfNull(image);
        return IsByRow(image.Width, image.Height, strip);
    }

    private static bool IsByRow(int width, int height, PixelRegion strip) => (double)strip.Height / height >= (double)strip.Width / width;

    /// <summary>The levels of the strip's lines, first line first.</summary>
    /// <param name="image">ADU; NaN is left out.</param>
    /// <param name="strip">On the frame whole.</param>
    /// <param name="options">How.</param>
    /// <returns>One level a row (or column) of the strip, ADU; NaN for a line without a defined pixel, except for fits.</returns>
    /// <exception cref="ArgumentException">The strip lies outside the frame, or has too few lines for the polynomial.</exception>
    public static double[] Levels(Image image, PixelRegion strip, OverscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        return OfLines(ImageGeometry.Cut(image, strip), IsByRow(image, strip), options);
    }

    private static double[] OfLines(Image part, bool byRow, OverscanOptions options)
    {
        var levels = new double[byRow ? part.Height : part.Width];
        if (options.Method == OverscanMethod.Constant)
        {
            Array.Fill(levels, FrameLevel.Of(part, LevelMethod.Median));
            return levels;
        }
        LevelMethod method = options.Method == OverscanMethod.Median ? LevelMethod.Median : LevelMethod.Mean;
        for (int i = 0; i < levels.Length; i++)
        {
            var line = byRow ? new PixelRegion(0, part.Width, i, i + 1) : new PixelRegion(i, i + 1, 0, part.Height);
            levels[i] = FrameLevel.Of(part, method, line);
        }
        return options.Method == OverscanMethod.Polynomial ? Smooth(levels, options) : levels;
    }

    /// <summary>The levels of all lines of the frame; lines beyond the strip take the level of its nearest one.</summary>
    /// <param name="image">ADU; NaN is left out.</param>
    /// <param name="strip">On the frame whole.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The strip lies outside the frame, or has too few lines for the polynomial.</exception>
    public static OverscanLevels OfFrame(Image image, PixelRegion strip, OverscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OfStrip(ImageGeometry.Cut(image, strip), strip, image.Width, image.Height, options);
    }

    /// <summary>The same where only the strip is in memory.</summary>
    /// <param name="part">The pixels of the strip.</param>
    /// <param name="strip">Where it lies on the frame.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="height">Rows of the frame.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The strip has too few lines for the polynomial.</exception>
    public static OverscanLevels OfStrip(Image part, PixelRegion strip, int width, int height, OverscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(options);
        bool byRow = IsByRow(width, height, strip);
        return Extended(OfLines(part, byRow, options), strip, byRow, width, height);
    }

    /// <summary>Subtracts the level of each line from the whole line; lines beyond the strip take the level of its nearest one.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="strip">On the frame whole.</param>
    /// <param name="options">How.</param>
    /// <returns>The levels of the strip's lines.</returns>
    public static double[] Subtract(Image image, PixelRegion strip, OverscanOptions options)
    {
        double[] levels = Levels(image, strip, options);
        OverscanLevels all = Extended(levels, strip, IsByRow(image, strip), image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
        {
            all.Subtract(image.Row(y), y, image.Row(y));
        }
        return levels;
    }

    private static OverscanLevels Extended(double[] levels, PixelRegion strip, bool byRow, int width, int height)
    {
        int first = byRow ? strip.FirstRow : strip.FirstColumn;
        var values = new float[byRow ? height : width];
        for (int line = 0; line < values.Length; line++)
        {
            values[line] = (float)levels[Math.Clamp(line - first, 0, levels.Length - 1)];
        }
        return new OverscanLevels(values, byRow);
    }

    /// <summary>Least squares in Legendre polynomials over [−1, 1], outlying lines left out.</summary>
    private static double[] Smooth(double[] levels, OverscanOptions options)
    {
        bool[] good = [.. levels.Select(double.IsFinite)];
        int terms = options.Degree + 1;
        var smooth = new double[levels.Length];
        for (int round = 0; round < Rounds; round++)
        {
            int[] lines = [.. Enumerable.Range(0, levels.Length).Where(i => good[i])];
            if (lines.Length < terms)
            {
                throw new ArgumentException(
                    $"A polynomial of degree {options.Degree} needs {terms} overscan lines; {lines.Length} are usable.",
                    nameof(levels)
                );
            }
            MathNet.Numerics.Control.UseSingleThread(); // threads are the caller's to hand out
            Matrix<double> design = Matrix<double>.Build.Dense(lines.Length, terms, (i, k) => Legendre(Place(lines[i], levels.Length), k));
            Vector<double> right = Vector<double>.Build.Dense([.. lines.Select(i => levels[i])]);
            Vector<double> fit = design.QR().Solve(right);
            double squares = 0;
            for (int i = 0; i < levels.Length; i++)
            {
                smooth[i] = Enumerable.Range(0, terms).Sum(k => fit[k] * Legendre(Place(i, levels.Length), k));
                squares += good[i] ? Math.Pow(levels[i] - smooth[i], 2) : 0;
            }
            double limit = options.RejectSigma * Math.Sqrt(squares / lines.Length);
            bool changed = false;
            foreach (int i in lines)
            {
                if (Math.Abs(levels[i] - smooth[i]) > limit)
                {
                    good[i] = false;
                    changed = true;
                }
            }
            if (!changed)
            {
                break;
            }
        }
        return smooth;
    }

    private static double Place(int line, int count) => count == 1 ? 0 : (2.0 * line / (count - 1)) - 1;

    private static double Legendre(double x, int degree)
    {
        double before = 1;
        double value = degree == 0 ? 1 : x;
        for (int k = 2; k <= degree; k++)
        {
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        }
        return value;
    }
}
