namespace Albireo.Science.Sky;

/// <summary>
/// Simple Imaging Polynomial (Shupe et al. 2005, ASP Conf. 347, 491): u' = u + Σ A_pq u^p v^q, v' = v + Σ B_pq u^p v^q, u and v in pixels
/// from the reference pixel.
/// </summary>
public sealed record SipDistortion
{
    private const int MaximumIterations = 200;

    private readonly double[] a;
    private readonly double[] b;

    /// <summary>Takes the coefficients.</summary>
    /// <param name="order">Highest p + q, 0 … 9.</param>
    /// <param name="a">Of u, row-major [p, q], order + 1 squared.</param>
    /// <param name="b">Of v, the same.</param>
    public SipDistortion(int order, double[] a, double[] b)
    {
        Numerics.Require.Between(order, 0, 9);
        Numerics.Require.SameLength((order + 1) * (order + 1), a.Length);
        Numerics.Require.SameLength((order + 1) * (order + 1), b.Length);
        Order = order;
        this.a = a;
        this.b = b;
    }

    /// <summary>Highest p + q.</summary>
    public int Order { get; }

    /// <summary>From measured to undistorted pixels, both from the reference pixel.</summary>
    public (double U, double V) Apply(double u, double v) => (u + Polynomial(a, u, v), v + Polynomial(b, u, v));

    /// <summary>From undistorted to measured pixels, by iteration on <see cref="Apply"/>; the header's inverse polynomials are not as exact.</summary>
    /// <returns>NaN where it does not converge.</returns>
    public (double U, double V) Undo(double u, double v)
    {
        (double x, double y) = (u, v);
        for (int i = 0; i < MaximumIterations; i++)
        {
            (double nextX, double nextY) = (u - Polynomial(a, x, y), v - Polynomial(b, x, y));
            double step = Math.Abs(nextX - x) + Math.Abs(nextY - y);
            (x, y) = (nextX, nextY);
            if (step < 1e-10)
            {
                return (x, y);
            }
        }
        return (double.NaN, double.NaN);
    }

    private double Polynomial(double[] coefficients, double u, double v)
    {
        double sum = 0;
        for (int p = Order; p >= 0; p--)
        {
            double inner = 0;
            for (int q = Order - p; q >= 0; q--)
            {
                inner = (inner * v) + coefficients[(p * (Order + 1)) + q];
            }
            sum = (sum * u) + inner;
        }
        return sum;
    }
}
