using System.Collections.Concurrent;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;
using Albireo.Tests.Matching;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>What a frame leaves behind: its values in the table, its memory to the next frame, little for the collector.</summary>
public sealed class FrameMemoryTests(SmallNight night) : IClassFixture<SmallNight>, IDisposable
{
    private const double Width = 480;
    private const double Height = 360;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Every_row_of_the_table_holds_what_its_frame_had_and_so_does_that_of_a_frame_left_out_later()
    {
        string leftOut = Path.GetFileNameWithoutExtension(SmallNight.Light(3));
        var seen = new ConcurrentDictionary<string, (double[] Flux, float[] Contamination, float[] Sky)>(StringComparer.Ordinal);
        var look = new FrameStep(
            "look",
            frame =>
            {
                FrameFluxes own = frame.Fluxes!;
                seen[frame.Info.Name] = ([.. own.Flux], [.. own.Contamination], [.. own.Sky]);
                return frame.Info.Name == leftOut ? frame.Discard("a step of the test says so.") : frame;
            }
        );
        ReductionResult result = Reduction.Run(
            Demonstration.Request(night.Night, scratch.At("out")),
            ResourceLimits.Default,
            IRunObserver.None,
            TestContext.Current.CancellationToken,
            sequence => new Sequence([.. sequence, look])
        );
        FluxTable table = result.Observations[0].Fluxes;
        Assert.Equal(6, seen.Count);
        for (int frame = 0; frame < table.Frames.Count; frame++)
        {
            (double[] flux, float[] contamination, float[] sky) = seen[table.Frames[frame].Info.Name];
            Assert.Equal(table.Frames[frame].Info.Name == leftOut ? "look" : null, table.Frames[frame].StoppedBy);
            for (int star = 0; star < table.Stars.Count; star++)
            {
                Assert.Equal(sky[star], table.Sky[table.At(frame, star)]);
                for (int k = 0; k < table.Radii.Count; k++)
                {
                    Assert.Equal(flux[(star * table.Radii.Count) + k], table.Flux[table.At(frame, k, star)]);
                    Assert.Equal(contamination[(star * table.Radii.Count) + k], table.Contamination[table.At(frame, k, star)]);
                }
            }
        }
    }

    [Fact]
    public void What_is_not_taken_at_the_end_of_a_visit_is_gone_and_never_another_frames()
    {
        FrameInfo[] lights = [.. NightInventory.Take([night.Night.Folder]).OfKind(FrameKind.Light)];
        var measure = new FrameStep("measure", frame => frame with { Fluxes = frame.Workspace.Fluxes(2, 1) });
        bool[] had = new bool[lights.Length];
        IReadOnlyList<FrameOutcome> outcomes = new Sequence([measure]).Run(
            lights,
            started: null,
            inFlight: 2,
            () => { },
            TestContext.Current.CancellationToken,
            ended: (i, outcome) => had[i] = outcome.Frame.Fluxes is not null
        );
        Assert.Equal(6, outcomes.Count);
        Assert.All(had, Assert.True);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Frame.Fluxes));
    }

    [Fact]
    public void The_next_frame_is_measured_in_the_same_memory_as_if_it_were_new()
    {
        var workspace = new Workspace();
        FrameFluxes first = workspace.Fluxes(3, 2);
        foreach (double[] values in (double[][])[first.X, first.Y, first.Flux, first.FluxError, first.RadiiPixels])
        {
            Array.Fill(values, 7);
        }
        foreach (float[] values in (float[][])[first.Contamination, first.Sky, first.SkyRms, first.Peak])
        {
            Array.Fill(values, 7);
        }
        Array.Fill(first.Flags, FluxQuality.Edge);
        FrameFluxes next = workspace.Fluxes(3, 2);
        Assert.Same(first, next);
        Assert.Equivalent(new FrameFluxes(3, new double[2]), next, strict: true);
        Assert.NotSame(next, workspace.Fluxes(3, 4));
        Assert.Equal(12, workspace.Fluxes(3, 4).Flux.Length);
    }

    [Fact]
    public void Matching_a_frame_leaves_little_to_collect()
    {
        var random = new SeededRandom(51);
        List<Source> reference = StarLists.Field(random, 120, Width, Height);
        List<Source> frame = StarLists.View(random, reference, PlaneTransform.FromSimilarity(1, 0.2, false, 11, -6), Width, Height);
        var matcher = new FrameMatcher(reference, new MatchOptions());
        Assert.InRange(Garbage(() => Assert.NotNull(matcher.Match(frame, out _))), 1, 16_000); // it was 89 kB
    }

    [Fact]
    public void Apertures_of_a_frame_leave_little_to_collect()
    {
        var image = new Image((int)Width, (int)Height);
        image.Pixels.Fill(100);
        PixelPosition[] stars = [.. Enumerable.Range(0, 100).Select(i => new PixelPosition(40 + (4 * i), 50 + (2.5 * i)))];
        double[] radii = [3, 4, 5, 6, 8, 10];
        var result = new FrameFluxes(stars.Length, radii);
        long garbage = Garbage(() =>
            AperturePhotometry.Measure(
                image,
                null,
                image,
                null,
                stars,
                radii,
                new SkyAnnulus(12, 18),
                result.Flux,
                result.FluxError,
                result.Sky,
                result.SkyRms,
                result.Peak,
                result.Flags
            )
        );
        Assert.InRange(garbage, 1, 4_000); // it was 27 kB
    }

    [Fact]
    public void Looking_for_a_drift_leaves_little_to_collect()
    {
        float[] sample = new float[64 * 256];
        Assert.InRange(Garbage(() => LevelSpread.Of(sample, 256)), 1, 1_000); // it was 140 kB
    }

    [Fact]
    public void The_file_of_a_frames_sources_leaves_little_to_collect()
    {
        var info = new FrameInfo
        {
            Path = "light.fits",
            Name = "light",
            Kind = new Sourced<FrameKind>(FrameKind.Light, "test", ""),
        };
        var frame = new Frame
        {
            Info = info,
            Workspace = new Workspace(),
            Sources = StarLists.Field(new SeededRandom(52), 100, Width, Height),
        };
        Assert.InRange(Garbage(() => SourceFile.Write(scratch.At("sources.fits"), frame)), 1, 80_000); // it was 120 kB
    }

    /// <summary>Bytes asked for anew, the least of several times: pools may have been emptied in between.</summary>
    private static long Garbage(Action work)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 8; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        TestContext.Current.SendDiagnosticMessage($"{least} bytes");
        return least;
    }
}
