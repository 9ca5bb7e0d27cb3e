using System.Globalization;
using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// Takes slow trends off a curve: flux = model · (polynomials of time, airmass, position, FWHM, sky), by linear least squares, the orders
/// chosen over all combinations by the Bayesian information criterion N ln(RSS/N) + k ln N (Schwarz 1978), which does not need error bars
/// to be right. The model, such as a transit, is fitted together with the trends since these multiply it.
/// </summary>
public static class Detrending
{
    private const int MostCombinations = 200_000;

    /// <summary>Tries all combinations of orders and takes off the best.</summary>
    /// <param name="flux">NaN is left out.</param>
    /// <param name="terms">What the flux may depend on; none leaves a constant.</param>
    /// <param name="model">What is not a trend, such as a transit of depth 1 − model; empty for 1.</param>
    /// <param name="masked">Points that the trend is not fitted to, such as those in eclipse; it is taken off them too. Empty for none.</param>
    /// <exception cref="ArgumentException">Too few points, too many combinations, or a term that is unknown where the flux is not.</exception>
    public static DetrendingResult Choose(
        ReadOnlySpan<double> flux,
        IReadOnlyList<DetrendingTerm> terms,
        ReadOnlySpan<double> model = default,
        ReadOnlySpan<bool> masked = default
    )
    {
        var design = new DetrendingDesign(flux, terms, model, masked);
        long combinations = 1;
        foreach (DetrendingTerm term in terms)
        {
            combinations *= term.HighestOrder + 1;
        }
        if (combinations > MostCombinations)
        {
            throw new ArgumentException($"{combinations} combinations of trends are too many to try.", nameof(terms));
        }
        var orders = new int[terms.Count];
        int[] best = new int[terms.Count];
        double lowest = design.Bic(orders);
        for (long c = 1; c < combinations; c++)
        {
            Next(orders, terms);
            double bic = design.Bic(orders);
            if (bic < lowest)
            {
                lowest = bic;
                orders.CopyTo(best, 0);
            }
        }
        return Result(flux, terms, design, best);
    }

    /// <summary>Takes off trends of given orders.</summary>
    /// <param name="flux">NaN is left out.</param>
    /// <param name="terms">What the flux depends on.</param>
    /// <param name="orders">One a term.</param>
    /// <param name="model">What is not a trend; empty for 1.</param>
    /// <param name="masked">Points that the trend is not fitted to; empty for none.</param>
    public static DetrendingResult Fit(
        ReadOnlySpan<double> flux,
        IReadOnlyList<DetrendingTerm> terms,
        ReadOnlySpan<int> orders,
        ReadOnlySpan<double> model = default,
        ReadOnlySpan<bool> masked = default
    )
    {
        Require.SameLength(terms.Count, orders.Length);
        for (int i = 0; i < orders.Length; i++)
        {
            Require.Between(orders[i], 0, terms[i].HighestOrder, nameof(orders));
        }
        return Result(flux, terms, new DetrendingDesign(flux, terms, model, masked), orders.ToArray());
    }

    private static DetrendingResult Result(
        ReadOnlySpan<double> flux,
        IReadOnlyList<DetrendingTerm> terms,
        DetrendingDesign design,
        int[] orders
    )
    {
        double[] used = design.Trend(orders, out double sumOfSquares);
        if (double.IsNaN(sumOfSquares))
        {
            throw new ArgumentException("These trends cannot be told apart.", nameof(orders));
        }
        var trend = new double[flux.Length];
        var detrended = new double[flux.Length];
        Array.Fill(trend, double.NaN);
        Array.Fill(detrended, double.NaN);
        for (int i = 0; i < used.Length; i++)
        {
            trend[design.Used[i]] = used[i];
            detrended[design.Used[i]] = flux[design.Used[i]] / used[i];
        }
        return new DetrendingResult
        {
            Orders = orders,
            Formula = Formula(terms, orders),
            Trend = trend,
            Detrended = detrended,
            ResidualScatter = Math.Sqrt(sumOfSquares / design.Points) / design.Level,
            Bic = design.Bic(orders),
            BicConstant = design.Bic(new int[orders.Length]),
            Points = design.Points,
        };
    }

    private static void Next(int[] orders, IReadOnlyList<DetrendingTerm> terms)
    {
        int i = 0;
        while (orders[i] == terms[i].HighestOrder)
        {
            orders[i++] = 0;
        }
        orders[i]++;
    }

    private static string Formula(IReadOnlyList<DetrendingTerm> terms, int[] orders)
    {
        var parts = new List<string>();
        for (int i = 0; i < orders.Length; i++)
        {
            if (orders[i] > 0)
            {
                parts.Add(orders[i] == 1 ? terms[i].Name : string.Create(CultureInfo.InvariantCulture, $"{terms[i].Name}^{orders[i]}"));
            }
        }
        return parts.Count == 0 ? "constant" : string.Join(" + ", parts);
    }
}
