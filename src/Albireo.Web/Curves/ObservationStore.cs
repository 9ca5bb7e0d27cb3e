using Albireo.Pipeline;

namespace Albireo.Web.Curves;

/// <summary>observation.fits with the curve that OUT remembers, read again whenever a file of it has changed, whoever changed it.</summary>
internal sealed class ObservationStore(string output, string? folder)
{
    private static readonly string[] Files = ["observation.fits", "fit.json", "lightcurve.csv"];
    private readonly Lock gate = new();
    private string? chosen = folder;
    private ObservationView? view;
    private string viewStamp = "";

    /// <summary>Folders below OUT (or OUT itself) that hold an observation.</summary>
    public IReadOnlyList<string> Folders
    {
        get
        {
            try
            {
                return Workbench.IsObservation(output)
                    ? [output]
                    : [.. Directory.GetDirectories(output).Where(Workbench.IsObservation).Order(StringComparer.Ordinal)];
            }
            catch (DirectoryNotFoundException)
            {
                return []; // OUT was deleted
            }
        }
    }

    /// <summary>The one that is shown, or null where there is none yet.</summary>
    public string? Folder
    {
        get
        {
            IReadOnlyList<string> all = Folders;
            return all.Contains(chosen, StringComparer.Ordinal) ? chosen
                : all.Count > 0 ? all[0]
                : null;
        }
    }

    /// <summary>Shows another one.</summary>
    /// <exception cref="AlbireoException">There is none of that name.</exception>
    public void Choose(string name) =>
        chosen =
            Folders.FirstOrDefault(f => Path.GetFileName(f) == name)
            ?? throw new AlbireoException(Failure.Usage, "There is no such observation in this folder.");

    /// <summary>Changes whenever a file that the view rests on changes.</summary>
    public string Stamp
    {
        get
        {
            if (Folder is not { } at)
            {
                return "";
            }
            IEnumerable<string> files = Files.Select(f => Path.Combine(at, f)).Append(Path.Combine(output, "run.json"));
            return at
                + string.Concat(files.Select(f => new FileInfo(f)).Select(i => i.Exists ? $"|{i.Length}:{i.LastWriteTimeUtc.Ticks}" : "|"));
        }
    }

    /// <summary>The observation as it lies in OUT now; null where there is none.</summary>
    public ObservationView? Current
    {
        get
        {
            lock (gate)
            {
                string stamp = Stamp;
                if (stamp != viewStamp)
                {
                    view = Folder is { } at ? ObservationView.Read(at, stamp) : null;
                    viewStamp = stamp;
                }
                return view;
            }
        }
    }
}
