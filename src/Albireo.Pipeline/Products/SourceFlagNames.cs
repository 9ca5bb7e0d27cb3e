using Albireo.Science.Detection;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Products;

/// <summary>
/// What is said about a source in files: the bits and names of <see cref="FluxQuality"/> where they mean the same, and further bits
/// for what only a search can say.
/// </summary>
public static class SourceFlagNames
{
    private const uint HotPixel = 1 << 16;
    private const uint Bleeding = 1 << 17;
    private const uint NoShape = 1 << 18;
    private const uint Extended = 1 << 19;

    private static readonly (SourceFlags Flag, uint Bits)[] Map =
    [
        (SourceFlags.Saturated, (uint)FluxQuality.Saturated),
        (SourceFlags.Edge, (uint)FluxQuality.Edge),
        (SourceFlags.Blended, (uint)FluxQuality.Neighbour),
        (SourceFlags.HotPixel, (uint)FluxQuality.BadPixel | HotPixel),
        (SourceFlags.CosmicRay, (uint)FluxQuality.CosmicRay),
        (SourceFlags.Trailed, (uint)FluxQuality.Trailed),
        (SourceFlags.BadPixels, (uint)FluxQuality.BadPixel),
        (SourceFlags.NoShape, NoShape),
        (SourceFlags.Bleeding, Bleeding),
        (SourceFlags.Extended, Extended),
    ];

    private static readonly (uint Bit, string Name)[] Own =
    [
        (HotPixel, "hot_pixel"),
        (Bleeding, "bleeding"),
        (NoShape, "no_shape"),
        (Extended, "extended"),
    ];

    /// <summary>The bits as they are written.</summary>
    public static uint Bits(SourceFlags flags)
    {
        uint bits = 0;
        foreach ((SourceFlags flag, uint own) in flags == SourceFlags.None ? [] : Map)
        {
            bits |= (flags & flag) != SourceFlags.None ? own : 0;
        }
        return bits;
    }

    /// <summary>The names of the bits set, joined by |.</summary>
    public static string Text(uint bits) =>
        string.Join(
            '|',
            ((string[])[((FluxQuality)bits).Text(), .. Own.Where(o => (bits & o.Bit) != 0).Select(o => o.Name)]).Where(n => n.Length > 0)
        );
}
