namespace Albireo.Pipeline.Options;

/// <summary>How fluxes become a light curve.</summary>
public sealed record CurveOptions
{
    /// <summary>The aperture's index in <c>measure.radii</c>; not given: the one with the least point-to-point scatter.</summary>
    public int? Aperture { get; init; }

    /// <summary>Two Julian dates (UTC): frames between them do not enter the normalisation. Empty: the median of all frames.</summary>
    public IReadOnlyList<double> Exclude
    {
        get;
        init =>
            field =
                value.Count is 0 || (value.Count == 2 && value[0] < value[1])
                    ? value
                    : throw new ArgumentException("Exclude: expected two Julian dates, the earlier one first.", nameof(value));
    } = [];
}
