using System.Globalization;
using System.Text.Json.Nodes;
using Albireo.Pipeline;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;

namespace Albireo.Web.Intake;

/// <summary>The raw frames as they were when somebody looked last. What is shown stays when the folder cannot be read any more.</summary>
public sealed class Night(Workbench workbench)
{
    private readonly Lock gate = new();
    private volatile NightView view = NightView.Empty;

    public NightView View => view;

    /// <summary>OUT's own night.yaml: what the user says here of the frames.</summary>
    public string EditsPath => Path.Combine(workbench.Output, NightFile.FileName);

    internal FrameInfo? Find(string id) => view.Frames.GetValueOrDefault(id);

    /// <summary>Looks at the folders anew.</summary>
    public NightView Retake(CancellationToken cancellation)
    {
        lock (gate)
        {
            try
            {
                if (workbench.Inputs.Count == 0)
                {
                    throw new AlbireoException(
                        Failure.Usage,
                        $"{workbench.Output} does not remember its raw frames (run.json is missing); open the night instead."
                    );
                }
                if (workbench.JoinsReductions)
                {
                    throw new AlbireoException(
                        Failure.Usage,
                        $"These are the reductions {string.Join(" and ", workbench.Inputs)} together; what their frames are is said where each was made."
                    );
                }
                (NightInventory taken, _) = TakeInventory.Take(
                    workbench.Inputs,
                    workbench.Memory?.Settings ?? [],
                    workbench.Memory?.Request.Site,
                    workbench.Output,
                    filter: null,
                    workbench.Limits,
                    cancellation,
                    SaveIndex
                );
                view = NightView.Of(taken, NightEdits.Read(EditsPath), view.Version + 1);
            }
            catch (Exception e) when (e is AlbireoException or SettingsFileException or IOException or UnauthorizedAccessException)
            {
                view = view with { Problem = Failures.Of(e).Sentence, Version = view.Version + 1 };
            }
            return view;
        }
    }

    /// <summary>An OUT that was deleted meanwhile is not made anew for an index.</summary>
    private void SaveIndex(Action save)
    {
        if (!workbench.IsGone)
        {
            save();
        }
    }

    /// <summary>What is said now where some edits would say something else.</summary>
    internal FrameEdit[] Words(IReadOnlyList<FrameEdit> edits)
    {
        NightEdits now = NightEdits.Read(EditsPath);
        return
        [
            .. edits.Select(e =>
            {
                JsonObject words = now.Of(workbench.Frame(e.Id).Path);
                return e with { Values = e.Values.Keys.ToDictionary(k => k, k => (string?)words[k], StringComparer.Ordinal) };
            }),
        ];
    }

    /// <summary>Writes what the user says of some frames, and looks anew.</summary>
    /// <exception cref="AlbireoException">A value does not fit; nothing was written.</exception>
    internal NightView Edit(IReadOnlyList<FrameEdit> edits, CancellationToken cancellation)
    {
        if (workbench.IsGone)
        {
            throw new AlbireoException(Failure.NoResult, workbench.GoneSentence);
        }
        lock (gate)
        {
            NightEdits.Change(EditsPath, [.. edits.Select(e => (workbench.Frame(e.Id).Path, e.Values))], workbench.Inputs);
            return Retake(cancellation);
        }
    }
}
