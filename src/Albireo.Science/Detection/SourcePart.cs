namespace Albireo.Science.Detection;

/// <summary>What the pixels of one source above the threshold add up to, and where they are.</summary>
internal struct SourcePart
{
    /// <summary>Its area and its number therein.</summary>
    public int Segment;
    public int Child;

    /// <summary>Whether the area holds other sources, too.</summary>
    public bool IsBlended;
    public int Count;
    public double Flux;

    /// <summary>Sums of the filtered pixels, plain and times x, y, x², y² and x·y.</summary>
    public double Weight;
    public double X;
    public double Y;
    public double Xx;
    public double Yy;
    public double Xy;

    /// <summary>The highest measured pixel: background-subtracted, where it is, and the highest after the filter and in raw counts.</summary>
    public float Peak;
    public int PeakX;
    public int PeakY;
    public float FilteredPeak;
    public float RawPeak;

    /// <summary>The highest background σ under its pixels.</summary>
    public float Noise;
    public bool HasBadPixels;
    public bool TouchesEdge;

    /// <summary>Saturated pixels and their box.</summary>
    public int Saturated;
    public int SaturatedLeft;
    public int SaturatedRight;
    public int SaturatedTop;
    public int SaturatedBottom;

    /// <summary>What is known of it before its shape is.</summary>
    public SourceFlags Flags;

    public static SourcePart Empty(int segment, int child, bool isBlended) =>
        new()
        {
            Segment = segment,
            Child = child,
            IsBlended = isBlended,
            Peak = float.NegativeInfinity,
            FilteredPeak = float.NegativeInfinity,
            RawPeak = float.NegativeInfinity,
            SaturatedLeft = int.MaxValue,
            SaturatedTop = int.MaxValue,
            SaturatedRight = int.MinValue,
            SaturatedBottom = int.MinValue,
        };

    /// <summary>Barycentre and second moments of the filtered pixels.</summary>
    public readonly (double X, double Y, double Xx, double Yy, double Xy) Moments()
    {
        double x = X / Weight;
        double y = Y / Weight;
        return (x, y, (Xx / Weight) - (x * x), (Yy / Weight) - (y * y), (Xy / Weight) - (x * y));
    }
}
