using System.Globalization;
using System.Text;
using Albireo.Pipeline.Stars;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Export;

/// <summary>AstroImageJ's list of apertures by their place on the sky.</summary>
public static class AstroImageJRadec
{
    private static readonly string[] Header =
    [
        "#RA in decimal or sexagesimal HOURS",
        "#Dec in decimal or sexagesimal DEGREES",
        "#Ref Star=0,1,missing (0=target star, 1=ref star, missing->first ap=target, others=ref)",
        "#Centroid=0,1,missing (0=do not centroid, 1=centroid, missing=centroid)",
        "#Apparent Magnitude or missing (value = apparent magnitude, or value > 99 or missing = no mag info)",
        "#Add one comma separated line per aperture in the following format:",
        "#RA, Dec, Ref Star, Centroid, Magnitude",
    ];

    /// <exception cref="AlbireoException">A star's place on the sky is not known, or no star is chosen.</exception>
    public static string Write(ExportSource source)
    {
        var text = new StringBuilder().AppendJoin('\n', Header).Append('\n');
        IReadOnlyList<(int Star, string Label)> stars = Ds9Regions.Chosen(source);
        foreach ((int index, string label) in stars)
        {
            Star star = source.Table.Stars[index];
            SkyCoordinate sky =
                source.PositionOf(index)
                ?? throw ExportSource.Missing(
                    $"the place of star #{index} on the sky",
                    "frames with a WCS, or a table of stars with ra,dec (--stars)"
                );
            string magnitude = (star.Magnitudes.First?.Value ?? 99.999).ToString("F3", CultureInfo.InvariantCulture);
            text.Append($"{sky.RightAscensionText()}, {sky.DeclinationText()}, {(label[0] == 'T' ? 0 : 1)}, 1, {magnitude}\n");
        }
        return text.ToString();
    }
}
