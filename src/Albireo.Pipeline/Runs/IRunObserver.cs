namespace Albireo.Pipeline.Runs;

/// <summary>Who watches a run: a terminal, a page, a test. Called from several threads.</summary>
public interface IRunObserver
{
    /// <summary>A stage begins; <paramref name="total"/> items will be reported one by one.</summary>
    void StageStarted(string stage, int total);

    /// <summary>One more item of the stage is done.</summary>
    void ItemDone(string stage);

    /// <summary>Something the user should know: one sentence.</summary>
    void Notice(string sentence);

    /// <summary>Watches nothing.</summary>
    static IRunObserver None { get; } = new Silent();

    private sealed class Silent : IRunObserver
    {
        public void StageStarted(string stage, int total) { }

        public void ItemDone(string stage) { }

        public void Notice(string sentence) { }
    }
}
