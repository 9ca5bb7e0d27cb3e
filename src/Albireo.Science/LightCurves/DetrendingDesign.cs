using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// All columns that a detrending may use, times the model, as Legendre polynomials of each term scaled to −1 … 1; their products are taken
/// once, so that each combination only costs a small Cholesky factorisation.
/// </summary>
internal sealed class DetrendingDesign
{
    private readonly double[][] columns;
    private readonly int[] firstColumn;
    private readonly double[] gram;
    private readonly double[] right;
    private readonly double[] values;
    private readonly double[] plain;
    private readonly double[] multiplier;
    private readonly bool[] judges;

    public DetrendingDesign(
        ReadOnlySpan<double> flux,
        IReadOnlyList<DetrendingTerm> terms,
        ReadOnlySpan<double> model,
        ReadOnlySpan<bool> masked
    )
    {
        if (!model.IsEmpty)
        {
            Require.SameLength(flux.Length, model.Length);
        }
        if (!masked.IsEmpty)
        {
            Require.SameLength(flux.Length, masked.Length);
        }
        var used = new List<int>(flux.Length);
        for (int i = 0; i < flux.Length; i++)
        {
            if (double.IsFinite(flux[i]) && (model.IsEmpty || double.IsFinite(model[i])))
            {
                used.Add(i);
            }
        }
        Used = [.. used];
        multiplier = new double[Used.Length];
        plain = new double[Used.Length];
        judges = new bool[Used.Length];
        for (int i = 0; i < Used.Length; i++)
        {
            multiplier[i] = model.IsEmpty ? 1 : model[Used[i]];
            plain[i] = flux[Used[i]];
            judges[i] = masked.IsEmpty || !masked[Used[i]];
        }
        Points = judges.Count(j => j);
        Level = SeriesStatistics.Median([.. plain.Where((_, i) => judges[i])]);
        if (Points < 3 || !(Math.Abs(Level) > 0))
        {
            throw new ArgumentException($"{Points} points about {Level} are too few, or too faint, for a trend.", nameof(flux));
        }
        var all = new List<double[]> { Scaled(_ => 1.0) };
        firstColumn = new int[terms.Count];
        for (int t = 0; t < terms.Count; t++)
        {
            Require.SameLength(flux.Length, terms[t].Values.Length, terms[t].Name);
            firstColumn[t] = all.Count;
            all.AddRange(Polynomials(terms[t]));
        }
        columns = [.. all];
        // The level is taken off before products are summed: the residual's sum of squares then keeps its digits.
        values = new double[Used.Length];
        for (int i = 0; i < Used.Length; i++)
        {
            values[i] = (plain[i] / Level) - multiplier[i];
        }
        gram = new double[columns.Length * columns.Length];
        right = new double[columns.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            right[j] = Dot(columns[j], values);
            for (int k = 0; k <= j; k++)
            {
                gram[(j * columns.Length) + k] = gram[(k * columns.Length) + j] = Dot(columns[j], columns[k]);
            }
        }
        SumOfSquares = Dot(values, values);
    }

    /// <summary>Indices of the points that have a trend.</summary>
    public int[] Used { get; }

    /// <summary>How many of them the trend is fitted to.</summary>
    public int Points { get; }

    /// <summary>Median flux.</summary>
    public double Level { get; }

    private double SumOfSquares { get; }

    /// <summary>N ln(RSS / N) + k ln N; +∞ where the columns cannot be told apart or there are too few points.</summary>
    public double Bic(int[] orders)
    {
        int[] chosen = Chosen(orders);
        if (Points <= chosen.Length)
        {
            return double.PositiveInfinity;
        }
        double[]? solution = Solve(chosen);
        if (solution is null)
        {
            return double.PositiveInfinity;
        }
        double rest = SumOfSquares;
        for (int j = 0; j < chosen.Length; j++)
        {
            rest -= solution[j] * right[chosen[j]];
        }
        return (Points * Math.Log(Math.Max(rest, 1e-300) / Points)) + (chosen.Length * Math.Log(Points));
    }

    /// <summary>The trend at each point used, in the unit of the flux, and the sum of squares of flux − trend · model (NaN if there is none).</summary>
    public double[] Trend(int[] orders, out double sumOfSquares)
    {
        int[] chosen = Chosen(orders);
        var trend = new double[Used.Length];
        double[]? solution = Solve(chosen);
        sumOfSquares = double.NaN;
        if (solution is null)
        {
            return trend;
        }
        sumOfSquares = 0;
        for (int i = 0; i < trend.Length; i++)
        {
            double shape = 0;
            for (int j = 0; j < chosen.Length; j++)
            {
                shape += solution[j] * columns[chosen[j]][i];
            }
            double residual = (values[i] - shape) * Level;
            trend[i] = Level * (1 + (multiplier[i] == 0 ? 0 : shape / multiplier[i]));
            sumOfSquares += judges[i] ? residual * residual : 0;
        }
        return trend;
    }

    private int[] Chosen(int[] orders)
    {
        var chosen = new List<int> { 0 };
        for (int t = 0; t < orders.Length; t++)
        {
            for (int power = 0; power < orders[t]; power++)
            {
                chosen.Add(firstColumn[t] + power);
            }
        }
        return [.. chosen];
    }

    private double[]? Solve(int[] chosen)
    {
        int n = chosen.Length;
        var matrix = new double[n * n];
        var solution = new double[n];
        for (int j = 0; j < n; j++)
        {
            solution[j] = right[chosen[j]];
            for (int k = 0; k < n; k++)
            {
                matrix[(j * n) + k] = gram[(chosen[j] * columns.Length) + chosen[k]];
            }
        }
        if (double.IsNaN(SmallMatrix.Cholesky(matrix, n)))
        {
            return null;
        }
        SmallMatrix.Solve(matrix, n, solution);
        return solution;
    }

    private IEnumerable<double[]> Polynomials(DetrendingTerm term)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (int i in Used)
        {
            if (!double.IsFinite(term.Values[i]))
            {
                throw new ArgumentException($"The trend in {term.Name} is not known at point {i}.", nameof(term));
            }
            low = Math.Min(low, term.Values[i]);
            high = Math.Max(high, term.Values[i]);
        }
        double width = high > low ? 0.5 * (high - low) : 1;
        double middle = 0.5 * (low + high);
        double[] x = [.. Used.Select(i => (term.Values[i] - middle) / width)];
        double[] before = [.. x.Select(_ => 1.0)];
        double[] now = x;
        for (int power = 1; power <= term.HighestOrder; power++)
        {
            double[] current = now;
            yield return Scaled(i => current[i]);
            double[] next = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                next[i] = ((((2 * power) + 1) * x[i] * now[i]) - (power * before[i])) / (power + 1);
            }
            (before, now) = (now, next);
        }
    }

    private double[] Scaled(Func<int, double> shape)
    {
        var column = new double[Used.Length];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = shape(i) * multiplier[i];
        }
        return column;
    }

    private double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += judges[i] ? a[i] * b[i] : 0;
        }
        return sum;
    }
}
