using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Sky;

namespace Albireo.Pipeline.Stages;

/// <summary>The frame that pixel positions refer to; it goes first and its pictures stay.</summary>
public sealed record ReferenceFrame(Frame Frame, FitsHeader Header, Image Picture, Wcs? Wcs)
{
    /// <summary>The reference matched to itself.</summary>
    public FrameMatch SelfMatch => new(PlaneTransform.Identity, Frame.Sources.Count, 0, 0, []);

    /// <exception cref="AlbireoException">There is no such frame, or it cannot be measured.</exception>
    public static ReferenceFrame Choose(Observation observation, ReductionRequest request, Sequence prepare, RunContext run)
    {
        FrameInfo info = request.Reference is { } wanted ? Find(observation, wanted) : observation.Lights[0];
        FrameOutcome outcome = prepare.RunOne(new Frame { Info = info, Workspace = new Workspace() }, run.Cancellation, keepPictures: true);
        string? reason = outcome.Reason ?? WhyNot(outcome.Frame);
        if (reason is not null)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"{info.Path} cannot serve as the reference frame ({outcome.StoppedBy ?? "detect"}: {reason.TrimEnd('.')}); name another one with --reference."
            );
        }
        FitsHeader header = outcome.Frame.Header!;
        return new ReferenceFrame(outcome.Frame, header, outcome.Frame.Clean!, ReadWcs(info, header, run));
    }

    private static Wcs? ReadWcs(FrameInfo info, FitsHeader header, RunContext run)
    {
        if (!header.Contains("CTYPE1"))
        {
            return null;
        }
        double? Number(string keyword) =>
            header.Find(keyword) is { Kind: FitsValueKind.Integer or FitsValueKind.Real } ? header.Real(keyword) : null;
        if (!Wcs.TryRead(Number, header.Text, out Wcs? wcs, out string? why))
        {
            run.Notice($"The WCS of {info.Name} cannot be used: {why}");
        }
        return wcs;
    }

    private static FrameInfo Find(Observation observation, string wanted)
    {
        string path = Path.GetFullPath(wanted);
        return observation.Lights.FirstOrDefault(f => f.Path == path)
            ?? observation.Lights.FirstOrDefault(f => f.Name == wanted || Path.GetFileName(f.Path) == wanted)
            ?? throw new AlbireoException(Failure.Usage, $"--reference {wanted}: no light of this observation has that name.");
    }

    private static string? WhyNot(Frame frame) =>
        frame.Profile is null ? $"{frame.Sources.Count} sources were found and none is good enough to measure the FWHM" : null;
}
