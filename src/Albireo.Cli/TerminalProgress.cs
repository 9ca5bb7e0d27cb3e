using System.Diagnostics;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Cli;

/// <summary>Progress and notices on stderr: a line that is rewritten on a terminal, notices only elsewhere.</summary>
public sealed class TerminalProgress(CommandContext context, bool isQuiet) : IRunObserver, IDisposable
{
    private readonly Lock gate = new();
    private string stage = "";
    private int total;
    private int done;
    private long lastDrawn;
    private bool isLineOpen;

    public void StageStarted(string stage, int total)
    {
        lock (gate)
        {
            (this.stage, this.total, done) = (stage, total, 0);
            Draw(always: true);
        }
    }

    public void ItemDone(string stage)
    {
        lock (gate)
        {
            done++;
            Draw(always: done == total);
        }
    }

    public void Notice(string sentence)
    {
        if (isQuiet)
        {
            return;
        }
        lock (gate)
        {
            ClearLine();
            context.Error.WriteLine(SafeText.OneLine(sentence));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ClearLine();
        }
    }

    private void Draw(bool always)
    {
        if (isQuiet || !context.IsTerminal || (!always && Stopwatch.GetElapsedTime(lastDrawn).TotalMilliseconds < 100))
        {
            return;
        }
        lastDrawn = Stopwatch.GetTimestamp();
        const int width = 30;
        int filled = total == 0 ? width : (int)((long)width * done / total);
        context.Error.Write($"\r\x1b[2K{stage, -10} {new string('━', filled)}{new string('╌', width - filled)} {done}/{total}");
        context.Error.Flush();
        isLineOpen = true;
    }

    private void ClearLine()
    {
        if (isLineOpen)
        {
            context.Error.Write("\r\x1b[2K");
            isLineOpen = false;
        }
    }
}
