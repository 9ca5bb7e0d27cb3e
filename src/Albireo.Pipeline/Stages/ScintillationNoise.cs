using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Science.Photometry;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stages;

/// <summary>Scintillation in the errors of fluxes: the same fraction of every star's flux in a frame, added in quadrature.</summary>
internal static class ScintillationNoise
{
    /// <summary>Says once why it is left out, where errors are known and it is wanted.</summary>
    public static void Notice(IEnumerable<FrameRow> rows, Site? site, MeasureOptions options, RunContext run)
    {
        bool isWanted = options.Scintillation != ScintillationModel.None;
        FrameRow[] measured = [.. rows.Where(r => r.IsMeasured && r.Noise is { Detector.HasNoiseModel: true })];
        if (!isWanted || measured.Length == 0 || measured.All(r => r.Scintillation is not null))
        {
            return;
        }
        string unknown =
            measured.Any(r => r.Info.ApertureDiameterMillimetres is null)
                ? "the telescope's diameter is not known (a telescope profile can say it)"
            : site is null && measured.Any(r => r.Info.SiteHeightMetres is null) ? "the site's height is not known (--site says it)"
            : "airmass or exposure of some frames are not known";
        run.Notice($"Scintillation is left out of the errors: {unknown}.");
    }

    /// <summary>The relative noise of one frame; null where it is not wanted or something that it needs is not known.</summary>
    /// <param name="row">With its airmass.</param>
    /// <param name="site">As the user said it, height included, or null: as the frame's header has it.</param>
    /// <param name="options">Which law.</param>
    public static double? Of(FrameRow row, Site? site, MeasureOptions options)
    {
        double? height = site?.HeightMetres ?? row.Info.SiteHeightMetres?.Value;
        if (
            options.Scintillation == ScintillationModel.None
            || row.Info.ApertureDiameterMillimetres is not { Value: > 0 } diameter
            || row.Info.ExposureSeconds is not { Value: > 0 } exposure
            || row.Airmass is not ({ } airmass and >= 1 and < 100)
            || height is not { } metres
        )
        {
            return null;
        }
        return options.Scintillation == ScintillationModel.Osborn
            ? Scintillation.Osborn(diameter.Value / 1000, airmass, exposure.Value, metres, options.ScintillationStrength)
            : Scintillation.Young(diameter.Value / 1000, airmass, exposure.Value, metres);
    }

    /// <summary>Adds it to the errors of one frame's fluxes.</summary>
    public static void Add(FluxTable table, int frame)
    {
        if (table.Frames[frame].Scintillation is not { } relative)
        {
            return;
        }
        int length = table.Radii.Count * table.Stars.Count;
        int first = frame * length;
        ErrorBudget.AddRelative(table.Flux.AsSpan(first, length), relative, table.FluxError.AsSpan(first, length));
    }
}
