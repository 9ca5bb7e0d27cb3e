using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Photometry;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>Satellites in a simulated night: one over the target, one beside it.</summary>
public sealed class TrailFlagTests(SmallNight night) : IClassFixture<SmallNight>, IDisposable
{
    private const int OverTarget = 3;
    private const int Beside = 5;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_trail_over_the_target_flags_that_value_and_one_beside_it_none_of_the_targets()
    {
        string folder = night.CopyTo(scratch.At("night"));
        var truth = night.Night.Truth;
        foreach ((int light, double aside) in ((int, double)[])[(OverTarget, 0), (Beside, 45)])
        {
            string name = SmallNight.Light(light);
            FileTruth frame = truth.Frames.Single(f => f.Name == name);
            Draw(Path.Combine(folder, name), frame.X![0], frame.Y![0] + aside);
        }
        ReductionRequest request = Demonstration.Request(night.Night, scratch.At("out")) with { Inputs = [folder] };
        ReductionResult result = Reduction.Run(request, ResourceLimits.Default, IRunObserver.None, TestContext.Current.CancellationToken);
        ObservationResult observation = result.Observations[0];
        FluxTable table = observation.Fluxes;
        int target = observation.Curve!.Target;
        for (int frame = 0; frame < table.Frames.Count; frame++)
        {
            bool isOver = Name(OverTarget) == table.Frames[frame].Info.Name;
            bool isBeside = Name(Beside) == table.Frames[frame].Info.Name;
            FluxQuality[] flags = [.. Enumerable.Range(0, table.Stars.Count).Select(s => table.Flags[table.At(frame, s)])];
            Assert.Equal(isOver, flags[target].HasFlag(FluxQuality.Trail));
            Assert.Equal(isOver, observation.Curve.Flags[frame].HasFlag(FluxQuality.Trail));
            Assert.True(isOver || isBeside || !flags.Any(f => f.HasFlag(FluxQuality.Trail)));
            // Flagged, not dropped: the value is there for the user to judge.
            Assert.True(double.IsFinite(observation.Curve.RelativeFlux[frame]));
        }
        string notice = Assert.Single(
            result.Notices,
            n => n.Contains("trail", StringComparison.Ordinal) && n.Contains("target", StringComparison.Ordinal)
        );
        Assert.Contains(Name(OverTarget), notice, StringComparison.Ordinal);
        Assert.DoesNotContain(Name(Beside), notice, StringComparison.Ordinal);
        Assert.Contains("flagged trail", File.ReadAllText(scratch.At("out/report.html")), StringComparison.Ordinal);
        string row = File.ReadLines(scratch.At("out/lightcurve.csv")).Single(l => l.Contains(Name(OverTarget), StringComparison.Ordinal));
        Assert.Contains("trail", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Photometry_of_one_picture_flags_it_too()
    {
        string folder = night.CopyTo(scratch.At("one"));
        string name = SmallNight.Light(1);
        string file = Path.Combine(folder, name);
        FileTruth frame = night.Night.Truth.Frames.Single(f => f.Name == name);
        Draw(file, frame.X![0], frame.Y![0]);
        File.WriteAllText(
            scratch.At("at.csv"),
            FormattableString.Invariant($"x,y\n{frame.X[0]},{frame.Y[0]}\n{frame.X[0]},{frame.Y[0] + 40}\n")
        );
        foreach (
            string[] how in (string[][])
                [
                    ["--radii", "4"],
                    ["--psf", "--gain", "1.5"],
                ]
        )
        {
            AlbireoRun run = AlbireoRun.Of(["photometry", file, "--at", scratch.At("at.csv"), "-o", scratch.At("t.csv"), .. how]);
            Assert.True(run.Code == 0, run.ToString());
            string[] flags = CsvTable.Read(scratch.At("t.csv")).Texts("flags");
            Assert.Contains("trail", flags[0].Split('|'));
            Assert.DoesNotContain("trail", flags[1].Split('|'));
        }
    }

    private static string Name(int light) => Path.GetFileNameWithoutExtension(SmallNight.Light(light));

    // A satellite through a point, 20 degrees to the rows.
    private static void Draw(string path, double atX, double atY)
    {
        FitsHeader header;
        float[] pixels;
        (int width, int height) size;
        using (FitsFile file = FitsFile.Open(path))
        {
            var hdu = (FitsImage)file.Hdu(0);
            header = hdu.Header.Clone();
            size = (hdu.Width, hdu.Height);
            pixels = new float[size.width * size.height];
            hdu.ReadRows(0, hdu.Height, pixels);
        }
        (double sin, double cos) = Math.SinCos(20 * Math.PI / 180);
        for (int i = 0; i < pixels.Length; i++)
        {
            double across = (((i / size.width) - atY) * cos) - (((i % size.width) - atX) * sin);
            pixels[i] += (float)(800 * Math.Exp(-0.5 * across * across / 2.5));
        }
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage<ushort>(header, [size.height, size.width], Array.ConvertAll(pixels, p => (ushort)Math.Clamp(p, 0, 65535)));
        output.Commit();
    }
}
