using System.Globalization;
using System.Text;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline.Export;

/// <summary>Regions of SAOImage DS9: a circle of the aperture's size round each star; pixels count from 1.</summary>
public static class Ds9Regions
{
    /// <exception cref="AlbireoException">No star is chosen, or a place on the sky is wanted and not known.</exception>
    public static string Write(ExportSource source)
    {
        FluxTable table = source.Table;
        int reference = Math.Max(0, table.Frames.ToList().FindIndex(f => f.Info == source.Stored.ReferenceInfo));
        int aperture = source.Curve?.Aperture ?? table.Radii.Count / 2;
        double radius = table.RadiusPixels[(reference * table.Radii.Count) + aperture];
        var text = new StringBuilder("# Region file format: DS9 version 4.1\n");
        foreach ((int index, string label) in Chosen(source))
        {
            Star star = table.Stars[index];
            string shape =
                source.Options.Region == RegionFrame.Fk5
                    ? Sky(source, star, radius)
                    : string.Create(CultureInfo.InvariantCulture, $"image; circle({star.X + 1:F3},{star.Y + 1:F3},{radius:F3})");
            string color =
                star.Role == StarRole.Check ? "green"
                : label[0] == 'T' ? "red"
                : "cyan";
            string name = star.Name is null ? "" : " " + star.Name.Replace('}', ')').Replace('{', '(');
            text.Append($"{shape} # color={color} text={{{label}{name}}}\n");
        }
        return text.ToString();
    }

    /// <summary>The stars in use.</summary>
    /// <exception cref="AlbireoException">There is none.</exception>
    internal static IReadOnlyList<(int Star, string Label)> Chosen(ExportSource source) =>
        source.Stars is { Count: > 0 } stars
            ? stars
            : throw ExportSource.Missing("which stars are meant", "albireo curve -o OUT --target '#id' --comparison '#id'");

    private static string Sky(ExportSource source, Star star, double radius)
    {
        double scale =
            source.Stored.ReferenceInfo.PixelScaleArcsec?.Value
            ?? throw ExportSource.Missing("the pixel scale", "--set export.region=image to write pixels");
        return source.PositionOf(star.Id) is { } sky
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"fk5; circle({sky.RightAscensionDegrees:F6},{sky.DeclinationDegrees:F6},{radius * scale:F3}\")"
            )
            : throw ExportSource.Missing($"the place of star #{star.Id} on the sky", "--set export.region=image to write pixels");
    }
}
