using System.Globalization;

namespace Albireo.Pipeline.Runs;

/// <summary>albireo.log: what happened when; the only product that carries wall-clock times. Safe to call from several threads.</summary>
public sealed class RunLog : IDisposable
{
    private readonly StreamWriter? writer;
    private readonly Lock gate = new();

    private RunLog(StreamWriter? writer) => this.writer = writer;

    /// <summary>Appends to a file.</summary>
    public static RunLog Open(string path) => new(new StreamWriter(path, append: true));

    /// <summary>Keeps nothing.</summary>
    public static RunLog None { get; } = new(null);

    public void Write(string line)
    {
        if (writer is null)
        {
            return;
        }
        lock (gate)
        {
            // The round-trip form with fewer digits: a format of our own is compiled at every start.
            writer.Write(DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture).AsSpan(0, "yyyy-MM-ddTHH:mm:ss.fff".Length));
            writer.Write("Z ");
            writer.WriteLine(Products.SafeText.OneLine(line));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            writer?.Dispose();
        }
    }
}
