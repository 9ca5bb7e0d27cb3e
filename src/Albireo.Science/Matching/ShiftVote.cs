namespace Albireo.Science.Matching;

/// <summary>A shift that star pairs voted for.</summary>
/// <param name="X">Frame column less reference column, pixels.</param>
/// <param name="Y">Frame row less reference row, pixels.</param>
/// <param name="CoarseX">Centre of the winning bin along x.</param>
/// <param name="CoarseY">Centre of the winning bin along y.</param>
/// <param name="Votes">Pairs that the fine shift is the median of.</param>
public readonly record struct ShiftVote(double X, double Y, double CoarseX, double CoarseY, int Votes)
{
    /// <summary>Reference position → frame position.</summary>
    public PlaneTransform Transform => PlaneTransform.Identity with { C = X, F = Y };
}
