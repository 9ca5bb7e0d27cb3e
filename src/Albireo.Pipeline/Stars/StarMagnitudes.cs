using System.Collections;

namespace Albireo.Pipeline.Stars;

/// <summary>What catalogues say of one star's light, in the order in which it was read; two with the same contents are equal.</summary>
public sealed class StarMagnitudes(IReadOnlyList<CatalogueMagnitude> magnitudes)
    : IReadOnlyList<CatalogueMagnitude>,
        IEquatable<StarMagnitudes>
{
    public static readonly StarMagnitudes None = new([]);

    public int Count => magnitudes.Count;
    public CatalogueMagnitude this[int index] => magnitudes[index];

    /// <summary>The first magnitude, colours aside; null where there is none.</summary>
    public CatalogueMagnitude? First => magnitudes.FirstOrDefault(m => !m.IsColour);

    public static StarMagnitudes Of(params IReadOnlyList<CatalogueMagnitude> magnitudes) => new(magnitudes);

    /// <summary>The magnitude in a band, null where it is not known.</summary>
    public CatalogueMagnitude? In(string band) => magnitudes.FirstOrDefault(m => m.Band == band);

    /// <summary>A colour index: as the catalogue gives it, else the difference of the two bands; NaN where neither is known.</summary>
    public double Colour(string blue, string red) =>
        In($"{blue}-{red}") is { } given ? given.Value
        : In($"{red}-{blue}") is { } turned ? -turned.Value
        : In(blue) is { } b && In(red) is { } r ? b.Value - r.Value
        : double.NaN;

    /// <summary>These, then those of another list whose bands are new.</summary>
    public StarMagnitudes With(StarMagnitudes others) => new([.. magnitudes, .. others.Where(o => In(o.Band) is null)]);

    public IEnumerator<CatalogueMagnitude> GetEnumerator() => magnitudes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(StarMagnitudes? other) => other is not null && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as StarMagnitudes);

    public override int GetHashCode() => magnitudes.Aggregate(Count, HashCode.Combine);
}
