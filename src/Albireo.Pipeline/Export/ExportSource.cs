using System.Globalization;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Export;

/// <summary>What a format is written from.</summary>
/// <param name="Stored">The observation.</param>
/// <param name="Curve">Null where no target is known; formats of stars alone do without.</param>
/// <param name="Fit">What fit.json holds, or null.</param>
/// <param name="Options">What no frame can tell.</param>
/// <param name="Path">Where the text will go; its extension may choose between forms.</param>
public sealed record ExportSource(StoredObservation Stored, LightCurve? Curve, FitFile? Fit, ExportOptions Options, string Path)
{
    public FluxTable Table => Stored.Fluxes;

    /// <summary>The curve.</summary>
    /// <exception cref="AlbireoException">There is none.</exception>
    public LightCurve Light => Curve ?? throw Missing("there is no light curve", "name its star with albireo curve -o OUT --target '#id'");

    /// <summary>Frames that carry a value, in time order.</summary>
    public IEnumerable<int> Used =>
        Enumerable.Range(0, Table.Frames.Count).Where(i => Light.Used[i]).OrderBy(i => Table.Frames[i].MidUtc!.Value.Value);

    /// <summary>One σ of each point: the propagated one, else the curve's own scatter.</summary>
    public double Error(int frame) => HasErrors ? Light.RelativeFluxError[frame] : Light.PointToPointScatter;

    /// <summary>Whether propagated errors are known for every point.</summary>
    public bool HasErrors =>
        Enumerable.Range(0, Table.Frames.Count).All(i => !Light.Used[i] || double.IsFinite(Light.RelativeFluxError[i]));

    /// <summary>Target, comparisons, check: index of each star with its letter and number as AstroImageJ counts them.</summary>
    public IReadOnlyList<(int Star, string Label)> Stars
    {
        get
        {
            var stars = new List<(int Star, string Label)>();
            void Add(int star, char letter) => stars.Add((star, letter + (stars.Count + 1).ToString(CultureInfo.InvariantCulture)));
            int target = Curve?.Target ?? IndexOf(StarRole.Target);
            if (target >= 0)
            {
                Add(target, 'T');
            }
            foreach (int comparison in Curve?.Comparisons ?? [.. Table.Stars.Where(s => s.Role == StarRole.Comparison).Select(s => s.Id)])
            {
                Add(comparison, 'C');
            }
            int check = Curve is null ? IndexOf(StarRole.Check) : Curve.Check ?? -1;
            if (check >= 0)
            {
                Add(check, 'T');
            }
            return stars;
        }
    }

    /// <summary>
    /// Where a star is on the sky: as it was given or found, by the reference frame's WCS, or, for the target, by <c>--sky</c>; null where
    /// none of them tells.
    /// </summary>
    public SkyCoordinate? PositionOf(int star) =>
        Table.Stars[star].Position
        ?? Stored.Wcs?.ToSky(new PixelPosition(Table.Stars[star].X, Table.Stars[star].Y))
        ?? (star == (Curve?.Target ?? IndexOf(StarRole.Target)) ? Table.Target : null);

    /// <summary>Name of the target for people.</summary>
    public string StarName =>
        Options.Star
        ?? Table.Stars[Light.Target].Name
        ?? Stored.Observation.Target
        ?? throw Missing("the star's name", "--set export.star=NAME");

    public string PlanetName => Options.Planet ?? Fit?.Planet ?? throw Missing("the planet's name", "--set export.planet='NAME b'");

    public string FilterName =>
        Options.Filter ?? Stored.Observation.Filter ?? throw Missing("the filter", "--set export.filter=NAME (the headers name none)");

    /// <summary>Exposure of the used frames.</summary>
    /// <exception cref="AlbireoException">They differ.</exception>
    public double ExposureSeconds
    {
        get
        {
            double[] all = [.. Used.Select(i => Table.Frames[i].Info.ExposureSeconds!.Value).Distinct()];
            return all.Length == 1
                ? all[0]
                : throw new AlbireoException(
                    Failure.Usage,
                    $"Exposures of {string.Join(" s and ", all.Select(e => e.ToString("G6", CultureInfo.InvariantCulture)))} s are mixed in this curve; the format takes one for all."
                );
        }
    }

    /// <summary>−2.5 log₁₀ of a star's flux in the curve's aperture; NaN where that is not above zero.</summary>
    public double InstrumentalMagnitude(int frame, int star)
    {
        double flux = Table.Flux[Table.At(frame, Light.Aperture, star)];
        bool isUsable = (Table.Flags[Table.At(frame, star)] & (FluxQuality.Saturated | FluxQuality.Edge)) == FluxQuality.None;
        return isUsable && flux > 0 ? -2.5 * Math.Log10(flux) : double.NaN;
    }

    /// <summary>The sentence for something that the format needs.</summary>
    public static AlbireoException Missing(string what, string how) =>
        new(Failure.Usage, $"This format needs something that is not known: {what}; give {how}.");

    private int IndexOf(StarRole role) => Table.Stars.FirstOrDefault(s => s.Role == role)?.Id ?? -1;
}
