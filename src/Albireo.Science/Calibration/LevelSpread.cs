using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// How far the level of the sky reaches along a picture, in its unit. A bias that drifts during the readout shows in the rows alone (or
/// in the columns, where these are read out), the sky itself hardly ever.
/// </summary>
/// <param name="Rows">From the lowest to the highest sixteenth of the rows; of a level sky of 1024 values each, 0.14 of the noise.</param>
/// <param name="Columns">The same of columns.</param>
/// <param name="Noise">Of a pixel about the level of its rows: 1.4826 times the median deviation.</param>
public readonly record struct LevelSpread(double Rows, double Columns, double Noise)
{
    private const int Parts = 16;

    /// <summary>The other direction has less than one in so many.</summary>
    private const double Alone = 4;

    /// <summary>Whether the rows differ by more than a pixel's noise and the columns hardly.</summary>
    public bool IsOfRows => Rows > Noise && Rows > Alone * Columns;

    /// <summary>Whether the columns differ by more than a pixel's noise and the rows hardly.</summary>
    public bool IsOfColumns => Columns > Noise && Columns > Alone * Rows;

    /// <summary>Medians of sixteenths of the rows and of the columns; undefined pixels are left out.</summary>
    /// <param name="sample">Rows one after the other, evenly from the whole picture; which are all that is looked at.</param>
    /// <param name="columns">Values of a row; they and the rows are multiples of 16.</param>
    public static LevelSpread Of(ReadOnlySpan<float> sample, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, Parts);
        int rows = sample.Length / columns;
        if (rows == 0 || rows % Parts != 0 || columns % Parts != 0 || rows * columns != sample.Length)
        {
            throw new ArgumentException($"{sample.Length} values in rows of {columns} are no {Parts} × {Parts} parts", nameof(sample));
        }
        using var rented = new PooledList<float>(2 * sample.Length);
        Span<float> deviations = rented.Extend(sample.Length);
        Span<float> values = rented.Extend(sample.Length / Parts);
        Span<double> ofRows = stackalloc double[Parts];
        Span<double> ofColumns = stackalloc double[Parts];
        for (int part = 0; part < Parts; part++)
        {
            ReadOnlySpan<float> these = sample.Slice(part * values.Length, values.Length);
            these.CopyTo(values);
            ofRows[part] = Level(values);
            for (int i = 0; i < these.Length; i++)
            {
                deviations[(part * values.Length) + i] = (float)Math.Abs(these[i] - ofRows[part]);
            }
            int width = columns / Parts;
            for (int y = 0; y < rows; y++)
            {
                sample.Slice((y * columns) + (part * width), width).CopyTo(values[(y * width)..]);
            }
            ofColumns[part] = Level(values);
        }
        return new LevelSpread(Range(ofRows), Range(ofColumns), 1.4826 * Level(deviations));
    }

    private static double Level(Span<float> values)
    {
        int count = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                values[count++] = value;
            }
        }
        return count == 0 ? double.NaN : Medians.Of(values[..count]);
    }

    /// <summary>Parts without a defined pixel have no level.</summary>
    private static double Range(ReadOnlySpan<double> levels)
    {
        (double least, double most) = (double.NaN, double.NaN);
        foreach (double level in levels)
        {
            least = double.MinNumber(least, level);
            most = double.MaxNumber(most, level);
        }
        return most - least;
    }
}
