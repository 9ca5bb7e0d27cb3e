using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline.Stages;

/// <summary>What was said while a master was made; a run that takes it as it lies says the same again.</summary>
internal sealed class StackNotes(RunContext run)
{
    private readonly List<string> notices = [];
    private readonly List<UnusableFrame> unusable = [];

    public IReadOnlyList<string> Notices => notices;

    /// <summary>Frames that could not be used.</summary>
    public IReadOnlyList<UnusableFrame> Unusable => unusable;

    /// <summary>Whether unchanged frames would give the same again; one that could not be reached might be there the next time.</summary>
    public bool IsLasting { get; private set; } = true;

    public void Tell(string sentence)
    {
        notices.Add(sentence);
        run.Notice(sentence);
    }

    public void Refuse(FrameInfo frame, string reason, bool isLasting)
    {
        unusable.Add(new UnusableFrame(frame, "masters", reason));
        IsLasting &= isLasting;
    }
}
