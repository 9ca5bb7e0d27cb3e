namespace Albireo.Pipeline.Plots;

/// <summary>Data coordinates → drawing coordinates in one panel.</summary>
internal sealed record PlotSpace(PlotBox Box, ResolvedAxis X, ResolvedAxis Y)
{
    public double AtX(double value) => Box.Left + (X.Fraction(value) * Box.Width);

    public double AtY(double value) => Box.Bottom - (Y.Fraction(value) * Box.Height);

    /// <summary>Drawing units for one unit of x at the middle of a linear axis.</summary>
    public double UnitX => Box.Width / (X.High - X.Low);
}
