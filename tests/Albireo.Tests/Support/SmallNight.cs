using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Simulation;

namespace Albireo.Tests.Support;

/// <summary>A simulated night that is reduced in a moment: 160 × 120 pixels, six lights, two frames of each calibration kind.</summary>
public sealed class SmallNight : IDisposable
{
    public static SimulateOptions Options { get; } =
        new()
        {
            Plan = new NightPlan
            {
                Seed = 11,
                Width = 160,
                Height = 120,
                BiasFrames = 2,
                DarkFrames = 2,
                FlatFrames = 2,
                LightFrames = 6,
                FieldStars = 14,
                ClearRadiusPixels = 12,
                FaintestFieldMagnitude = 14.5,
                DriftXPerHour = 12,
            },
        };

    private readonly ScratchFolder scratch = new();

    public SmallNight() => Night = Simulate(Options, scratch.At("night"));

    /// <summary>The raw frames as they were made. Tests that change them work on a <see cref="CopyTo"/>.</summary>
    public SimulatedNight Night { get; }

    /// <summary>The raw light with a number from 1.</summary>
    public static string Light(int number) => $"light-R-{number:0000}.fits";

    public static SimulatedNight Simulate(SimulateOptions options, string folder) =>
        SimulateNight.Run(options, folder, ResourceLimits.Default, IRunObserver.None, CancellationToken.None);

    public string CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Night.Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        return folder;
    }

    /// <summary>The command that reduces a folder with this night's stars.</summary>
    public string[] Command(string night, string output) => ["reduce", night, "-o", output, .. Stars];

    /// <summary>--target, --comparison … as the truth has them.</summary>
    public string[] Stars => StarOptions(Night.Truth);

    /// <summary>--target, --comparison … as the truth of a night has them.</summary>
    public static string[] StarOptions(SimulationTruth truth) =>
        [
            .. truth
                .Stars.TakeWhile(s => !s.Name.StartsWith("field-", StringComparison.Ordinal))
                .SelectMany(s => (string[])["--" + s.Name.Split('-')[0], FormattableString.Invariant($"{s.X:F2},{s.Y:F2}")]),
        ];

    public void Dispose() => scratch.Dispose();
}
