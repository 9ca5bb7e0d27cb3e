namespace Albireo.Web.Curves;

/// <summary>A candidate or comparison star: in or out, why, and what it does to the curve.</summary>
public sealed record PageVerdict(
    int Star,
    string Label,
    bool Comparison,
    string Reason,
    double Weight,
    double Scatter,
    double Trend,
    double ScatterWithout,
    double Change,
    bool Banned,
    bool Locked
);
