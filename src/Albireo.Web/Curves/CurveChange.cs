namespace Albireo.Web.Curves;

/// <summary>What a page asks of the curve; null and empty leave things as they are.</summary>
/// <param name="Target"><c>#id</c>, <c>X,Y</c>, <c>RA,DEC</c> or a name.</param>
/// <param name="Comparisons">In the same forms; <c>auto</c> lets the program choose.</param>
/// <param name="Settings">Of curve, fit, export.</param>
public sealed record CurveChange(
    string? Target = null,
    IReadOnlyList<string>? Comparisons = null,
    string? Check = null,
    string? Sky = null,
    string? Site = null,
    IReadOnlyList<PageSetting>? Settings = null
);
