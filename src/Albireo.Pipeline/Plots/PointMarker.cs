namespace Albireo.Pipeline.Plots;

/// <summary>The shape of a point; series that share a panel differ in shape as well as in colour.</summary>
public enum PointMarker
{
    Dot,
    Ring,
    Square,
    Diamond,
    Triangle,
}
