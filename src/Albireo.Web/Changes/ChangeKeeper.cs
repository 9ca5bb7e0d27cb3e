using System.Text.Json;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;
using Albireo.Web.Runs;

namespace Albireo.Web.Changes;

/// <summary>
/// Everything that pages change, one after the other, and the way back. The steps lie in OUT beside what they changed: a reload, another
/// browser and another workbench find them. A step says what was so before in the words of the command line, so what a command changed
/// meanwhile elsewhere stays as it is.
/// </summary>
internal sealed class ChangeKeeper(Workbench workbench) : IDisposable
{
    private const int Remembered = 100;
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private ChangeHistory last = ChangeHistory.Empty;

    /// <summary>As it lies in OUT; as it was last known where OUT cannot be read.</summary>
    public ChangeHistory History
    {
        get
        {
            lock (gate)
            {
                try
                {
                    if (File.Exists(HistoryPath))
                    {
                        last = JsonSerializer.Deserialize<ChangeHistory>(File.ReadAllBytes(HistoryPath), WebJson.Options) ?? last;
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
                {
                    workbench.Log($"{HistoryPath}: {e.Message}");
                }
                return last;
            }
        }
    }

    private string HistoryPath => Path.Combine(workbench.Output, ".albireo", "changes.json");

    /// <summary>Does something and keeps the way back.</summary>
    /// <exception cref="AlbireoException">It cannot be done; nothing is kept.</exception>
    public async Task Do(string? label, PageChange change)
    {
        await turn.WaitAsync();
        try
        {
            PageChange there = ChangeWork.Placed(workbench, change);
            PageChange back = ChangeWork.Inverse(workbench, there);
            await ChangeWork.Apply(workbench, there);
            string name = SafeText.OneLine(string.IsNullOrWhiteSpace(label) ? "change" : label);
            Keep(h => h with { Done = [.. h.Done.TakeLast(Remembered - 1), new ChangeStep(name, back, there)], Undone = [] });
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes the last step back.</summary>
    /// <returns>Its label; null where there is none.</returns>
    public Task<string?> Undo() => Move(h => h.Done, s => s.Undo, (h, s) => h with { Done = Less(h.Done), Undone = [.. h.Undone, s] });

    /// <summary>Does what was taken back last again.</summary>
    /// <returns>Its label; null where there is none.</returns>
    public Task<string?> Redo() => Move(h => h.Undone, s => s.Redo, (h, s) => h with { Done = [.. h.Done, s], Undone = Less(h.Undone) });

    /// <summary>Stars that wait for a run, or null.</summary>
    public void SetPicks(Picks? picks) => Keep(h => h with { Picks = picks });

    public void Dispose() => turn.Dispose();

    private async Task<string?> Move(
        Func<ChangeHistory, IReadOnlyList<ChangeStep>> from,
        Func<ChangeStep, PageChange> what,
        Func<ChangeHistory, ChangeStep, ChangeHistory> moved
    )
    {
        await turn.WaitAsync();
        try
        {
            if (from(History) is not [.., { } step])
            {
                return null;
            }
            if (ChangeWork.WhyNot(workbench, what(step)) is { } why)
            {
                Keep(h => ReferenceEquals(from(h), h.Done) ? h with { Done = Less(h.Done) } : h with { Undone = Less(h.Undone) });
                throw new AlbireoException(Failure.Usage, $"{step.Label}: {why}");
            }
            await ChangeWork.Apply(workbench, what(step));
            Keep(h => moved(h, step));
            return step.Label;
        }
        finally
        {
            turn.Release();
        }
    }

    private static IReadOnlyList<ChangeStep> Less(IReadOnlyList<ChangeStep> steps) => [.. steps.SkipLast(1)];

    private void Keep(Func<ChangeHistory, ChangeHistory> change)
    {
        lock (gate)
        {
            last = change(History);
            try
            {
                if (!workbench.IsGone)
                {
                    TextProduct.Write(HistoryPath, JsonSerializer.Serialize(last, WebJson.Options));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                workbench.Log(e.Message); // the change itself is made; the way back lasts as long as this program
            }
        }
        workbench.Events.Send(new PageEvent("state"));
    }
}
