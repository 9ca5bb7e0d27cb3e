using Albireo.Science.Images;

namespace Albireo.Science.Photometry;

/// <summary>The names of <see cref="FluxQuality"/> in files: snake_case, joined by <c>|</c>.</summary>
public static class FluxQualityNames
{
    private static readonly (FluxQuality Flag, string Name)[] Names =
    [
        (FluxQuality.Saturated, "saturated"),
        (FluxQuality.Nonlinear, "nonlinear"),
        (FluxQuality.BadPixel, "bad_pixel"),
        (FluxQuality.CosmicRay, "cosmic_ray"),
        (FluxQuality.Edge, "edge"),
        (FluxQuality.Neighbour, "neighbour"),
        (FluxQuality.NoCentroid, "no_centroid"),
        (FluxQuality.Interpolated, "interpolated"),
        (FluxQuality.ComparisonMissing, "comparison_missing"),
        (FluxQuality.Outlier, "outlier"),
        (FluxQuality.Cloud, "cloud"),
        (FluxQuality.Trailed, "trailed"),
        (FluxQuality.Trail, "trail"),
    ];

    /// <summary>The names of the flags set, in the order of their bits; empty for none.</summary>
    public static string Text(this FluxQuality flags) =>
        string.Join('|', Names.Where(n => (flags & n.Flag) != FluxQuality.None).Select(n => n.Name));

    /// <summary>The flags that a text names.</summary>
    /// <exception cref="FormatException">A name is unknown.</exception>
    public static FluxQuality Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        FluxQuality flags = FluxQuality.None;
        foreach (string name in text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int index = Array.FindIndex(Names, n => n.Name == name);
            flags |=
                index >= 0
                    ? Names[index].Flag
                    : throw new FormatException($"'{name}' is not a flag; known are {string.Join(", ", Names.Select(n => n.Name))}.");
        }
        return flags;
    }

    /// <summary>What a pixel's flags mean for the flux that it is part of.</summary>
    internal static FluxQuality FromPixel(PixelQuality quality) =>
        When(quality, PixelQuality.Saturated, FluxQuality.Saturated)
        | When(quality, PixelQuality.Nonlinear, FluxQuality.Nonlinear)
        | When(quality, PixelQuality.BadPixel | PixelQuality.Undefined, FluxQuality.BadPixel)
        | When(quality, PixelQuality.CosmicRay, FluxQuality.CosmicRay)
        | When(quality, PixelQuality.Interpolated, FluxQuality.Interpolated);

    private static FluxQuality When(PixelQuality quality, PixelQuality any, FluxQuality flag) =>
        (quality & any) != PixelQuality.None ? flag : FluxQuality.None;
}
