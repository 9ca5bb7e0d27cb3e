namespace Albireo.Science.Detection;

/// <summary>Neighbouring pixels of one row that are above the threshold.</summary>
internal struct PixelRun
{
    /// <summary>Row.</summary>
    public int Y;

    /// <summary>First column.</summary>
    public int Start;

    /// <summary>One past the last column.</summary>
    public int End;

    /// <summary>Where its pixels begin in <see cref="Segments.Values"/> and <see cref="Segments.Filtered"/>.</summary>
    public int Offset;

    /// <summary>Sum of its background-subtracted pixels that are above 0.</summary>
    public double Flux;

    /// <summary>σ of the unfiltered background at its first pixel.</summary>
    public float Noise;

    /// <summary>Whether it holds pixels that were repaired or have no value.</summary>
    public bool HasBadPixels;

    public readonly int Length => End - Start;
}
