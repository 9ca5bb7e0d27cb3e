using System.Security.Cryptography;
using System.Text;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Web.Intake;

namespace Albireo.Web.Curves;

/// <summary>An observation as OUT tells it: measurements, and the curve that the remembered settings make of them.</summary>
internal sealed record ObservationView
{
    private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);

    public required string Folder { get; init; }

    /// <summary>A short word that changes with the files.</summary>
    public required string Version { get; init; }
    public required RunMemory Memory { get; init; }
    public required Recipe Recipe { get; init; }
    public required StoredObservation Stored { get; init; }

    /// <summary>When observation.fits was written.</summary>
    public required DateTime MeasuredUtc { get; init; }

    /// <summary>Null without a target.</summary>
    public LightCurve? Curve { get; init; }
    public FitFile? Fit { get; init; }

    /// <summary>Why there is no curve, in a sentence, or null.</summary>
    public string? Problem { get; init; }

    public static ObservationView Read(string folder, string stamp)
    {
        RunMemory memory = RunMemory.Open(folder);
        Recipe recipe = RecipeBinder.Bind(memory.Settings);
        StoredObservation stored = ObservationFileReader.Read(memory.ObservationPath);
        stored = stored with { Fluxes = stored.Fluxes.DatedBy(recipe.Curve.Time) };
        (LightCurve? curve, string? problem) = (null, null);
        try
        {
            curve = BuildLightCurve.Run(stored.Fluxes, recipe, RunLog.None);
        }
        catch (AlbireoException e)
        {
            problem = e.Message;
        }
        var view = new ObservationView
        {
            Folder = folder,
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stamp)).AsSpan(0, 6)),
            Memory = memory,
            Recipe = recipe,
            Stored = stored,
            MeasuredUtc = File.GetLastWriteTimeUtc(memory.ObservationPath),
            Curve = curve,
            Fit = curve is null ? null : FitFile.Read(folder),
            Problem = problem,
        };
        for (int i = 0; i < stored.Fluxes.Frames.Count; i++)
        {
            view.byId[FrameId.Of(stored.Fluxes.Frames[i].Info.Path)] = i;
        }
        return view;
    }

    /// <summary>What the command line prints of it.</summary>
    public IEnumerable<string> Summary() => ReductionSummary.Lines(Folder, Result(picture: null));

    /// <summary>In the form that figures are made of.</summary>
    /// <param name="picture">Of the reference frame; null for what needs none.</param>
    public ObservationResult Result(Image? picture) =>
        new(
            Stored.Observation,
            "",
            new ReferenceFrame(
                new Frame { Info = Stored.ReferenceInfo, Workspace = new Workspace() },
                Stored.Header,
                picture ?? new Image(1, 1),
                Stored.Wcs
            ),
            Stored.Stars,
            Stored.Fluxes,
            Curve
        );

    /// <summary>Row of a frame; −1 where it was not part of the observation.</summary>
    public int IndexOf(string path) => byId.TryGetValue(FrameId.Of(path), out int index) ? index : -1;

    public FrameRow? Row(string path) => IndexOf(path) is >= 0 and int index ? Stored.Fluxes.Frames[index] : null;

    public FrameInfo? Find(string id) => byId.TryGetValue(id, out int index) ? Stored.Fluxes.Frames[index].Info : null;
}
