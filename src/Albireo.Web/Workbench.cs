using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Web.Changes;
using Albireo.Web.Curves;
using Albireo.Web.Frames;
using Albireo.Web.Intake;
using Albireo.Web.Runs;

namespace Albireo.Web;

/// <summary>
/// What the pages show and change: one OUT, the night it was made of, and what is under way. All that counts lies in OUT (run.json,
/// observation.fits, night.yaml), in the same form as the command line keeps it; what is here can be thrown away.
/// </summary>
public sealed class Workbench : IAsyncDisposable
{
    private FileStream? seat;
    private Task warming = Task.CompletedTask;

    private Workbench(string output, string? folder, IReadOnlyList<string> inputs, ResourceLimits limits)
    {
        (Output, Inputs, Limits) = (output, inputs, limits);
        Directory.CreateDirectory(Path.Combine(output, ".albireo"));
        seat = TakeSeat(SeatPath);
        Jobs = new Jobs(Events);
        Night = new Night(this);
        Observation = new ObservationStore(output, folder);
        Pictures = new FramePictures(limits);
        Changes = new ChangeKeeper(this);
    }

    /// <summary>OUT.</summary>
    public string Output { get; }

    /// <summary>Folders and files of raw frames, or the reductions that OUT joins; empty where OUT does not remember them.</summary>
    public IReadOnlyList<string> Inputs { get; }
    public ResourceLimits Limits { get; }
    public PageEvents Events { get; } = new();
    internal Jobs Jobs { get; }
    internal Night Night { get; }
    internal ObservationStore Observation { get; }
    internal FramePictures Pictures { get; }
    internal ChangeKeeper Changes { get; }

    /// <summary>Whether a run starts by itself when frames have landed.</summary>
    public bool FollowsNight { get; set; }

    /// <summary>Whether another workbench has this OUT open.</summary>
    public bool IsSecond => seat is null;

    /// <summary>
    /// Whether OUT was deleted since it was opened: the mark that it is open is gone, and so is what a run leaves. A folder that somebody
    /// else made in its place does not bring it back.
    /// </summary>
    public bool IsGone => !File.Exists(SeatPath) && !HasRecord(Output) && !IsObservation(Output);

    /// <summary>What pages say of it.</summary>
    public string GoneSentence => $"{Output} is not there any more; a run makes it anew.";

    /// <summary>Changes with everything in OUT that pages show, its absence included.</summary>
    internal string Stamp => IsGone ? "gone" : Observation.Stamp;

    /// <exception cref="AlbireoException">The path leads nowhere, or OUT cannot be written.</exception>
    public static Workbench Open(WorkbenchOptions options)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Path));
        if (!Path.Exists(path))
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{options.Path} does not exist; give a night of raw frames or the folder of a reduction."
            );
        }
        try
        {
            string parent = Path.GetDirectoryName(path) ?? path;
            bool isInside = IsObservation(path) && !HasRecord(path) && HasRecord(parent);
            if (isInside || IsObservation(path) || HasRecord(path))
            {
                string output = isInside ? parent : path;
                return new Workbench(output, isInside ? path : null, RememberedInputs(output), options.Limits);
            }
            string made = Path.GetFullPath(options.Output ?? Path.GetFileName(path) + "-albireo");
            return new Workbench(made, null, [path], options.Limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlbireoException(Failure.Usage, $"{options.Path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>What OUT remembers of its last run, or null where nothing was measured yet.</summary>
    public RunMemory? Memory => Observation.Folder is { } folder ? RunMemory.Open(folder) : null;

    /// <summary>Whether OUT was joined from other reductions: their OUTs are its inputs.</summary>
    internal bool JoinsReductions => Memory?.Request.JoinsReductions == true;

    /// <summary>The settings of the last run, or the defaults.</summary>
    public Recipe Recipe => RecipeBinder.Bind(Memory?.Settings ?? []);

    /// <summary>The frame behind an id.</summary>
    /// <exception cref="AlbireoException">There is none.</exception>
    internal FrameInfo Frame(string id) =>
        Found(id)
        ?? throw new AlbireoException(Failure.Usage, "There is no such frame in this night; it may have been removed. Reload the page.");

    internal bool Has(string id) => Found(id) is not null;

    private FrameInfo? Found(string id) => Night.Find(id) ?? Observation.Current?.Find(id);

    /// <summary>What the first page will ask for is read while the browser opens.</summary>
    internal void WarmUp() =>
        warming = Task.Run(() =>
        {
            try
            {
                if (Observation.Current is { } view)
                {
                    JsonSerializer.SerializeToUtf8Bytes(CurvePage.Of(view), WebJson.Options);
                    FigureJson.Write(NightFigures.Frames(view.Stored.Fluxes));
                }
            }
            catch (Exception e)
            {
                Log(e.Message); // the page shows it when it asks
            }
        });

    /// <summary>A fault of ours, with all that a developer needs; never in the way of the answer.</summary>
    internal void Log(string text)
    {
        try
        {
            using RunLog log = RunLog.Open(Path.Combine(Output, "albireo.log"));
            log.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // OUT is gone or full: the sentence on the page is all that can be said.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await warming;
        await Jobs.DisposeAsync();
        Events.Close();
        Changes.Dispose();
        if (seat is not null)
        {
            await seat.DisposeAsync();
        }
    }

    internal static bool IsObservation(string folder) => File.Exists(Path.Combine(folder, "observation.fits"));

    private static bool HasRecord(string folder) => File.Exists(Path.Combine(folder, "run.json"));

    private static IReadOnlyList<string> RememberedInputs(string output)
    {
        string path = Path.Combine(output, "run.json");
        if (!File.Exists(path))
        {
            return [];
        }
        try
        {
            var inputs = JsonNode.Parse(File.ReadAllText(path))?["request"]?["inputs"] as JsonArray;
            return [.. (inputs ?? []).Select(i => i!.GetValue<string>())];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new AlbireoException(Failure.Input, $"{path} is not the record of a run: {e.Message}", e);
        }
    }

    private string SeatPath => Path.Combine(Output, ".albireo", "workbench");

    /// <summary>Marks an OUT as open that a run has made anew.</summary>
    internal void SitDownAgain()
    {
        if (!File.Exists(SeatPath) && HasRecord(Output))
        {
            seat?.Dispose();
            Directory.CreateDirectory(Path.GetDirectoryName(SeatPath)!);
            seat = TakeSeat(SeatPath);
        }
    }

    /// <summary>The first workbench of an OUT holds this file; the operating system lets go of it however the program ends.</summary>
    private static FileStream? TakeSeat(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
