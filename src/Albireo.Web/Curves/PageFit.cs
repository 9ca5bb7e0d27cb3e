using Albireo.Science.Transits;

namespace Albireo.Web.Curves;

/// <summary>A transit fit; the numbers are those of fit.json.</summary>
public sealed record PageFit(
    string? Planet,
    IReadOnlyList<FittedValue> Values,
    double ResidualScatter,
    double BetaRed,
    double Bic,
    double BicNoTransit,
    bool Converged,
    int Points,
    double? OMinusCMinutes,
    double? OMinusCErrorMinutes,
    IReadOnlyList<string> Doubts
);
