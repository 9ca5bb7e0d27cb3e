using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>A quantity that a curve may depend on: time, airmass, x, y, fwhm, sky.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One a point; finite wherever the flux is used.</param>
/// <param name="HighestOrder">Highest power, 1 … 5, that may be taken.</param>
public sealed record DetrendingTerm(string Name, double[] Values, int HighestOrder)
{
    /// <summary>Highest power that may be taken.</summary>
    public int HighestOrder { get; } = (int)Require.Between(HighestOrder, 0, 5);
}
