using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

public sealed class StackTests(SmallNight small) : IClassFixture<SmallNight>, IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_frames_of_a_night_lie_on_each_other_and_the_noise_goes_down()
    {
        string output = scratch.At("out");
        Assert.Equal(0, AlbireoRun.Of(small.Command(small.Night.Folder, output)).Code);
        AlbireoRun run = AlbireoRun.Of("stack", "-o", output);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains("6 frames", run.Out);
        string path = Path.Combine(output, "stack.fits");
        using FitsFile file = FitsFile.Open(path);
        Assert.Equal(6, file.Hdu(0).Header.Integer("NCOMBINE"));
        Image stack = PictureFiles.Read(path);
        Image reference = PictureFiles.Read(Path.Combine(output, "observation.fits"));
        Assert.Equal((reference.Width, reference.Height), (stack.Width, stack.Height));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(output, "stack.png"))[..4]);
        // The target stands where it stands in the reference, as bright within a few per cent (its frames are smoothed by the warp).
        (double x, double y) = (small.Night.Truth.Stars[0].X, small.Night.Truth.Stars[0].Y);
        Assert.Equal(Sum(reference, x, y), Sum(stack, x, y), 0.03 * Sum(reference, x, y));
        // The sky beside the target is quieter, though star wings and the noise of the masters stay.
        Assert.True(Noise(stack, x, y) < 0.75 * Noise(reference, x, y));
        // One frame that is gone: the rest is stacked, and it is named.
        File.Delete(Path.Combine(output, "calibrated", SmallNight.Light(3)));
        AlbireoRun without = AlbireoRun.Of("stack", "-o", output);
        Assert.Equal(1, without.Code);
        Assert.Contains(SmallNight.Light(3), Assert.Single(without.Complaints));
        Assert.Equal(5, FitsFile.Open(path).Hdu(0).Header.Integer("NCOMBINE"));
    }

    [Fact]
    public void Without_calibrated_frames_it_says_what_to_do()
    {
        string output = scratch.At("out");
        Assert.Equal(0, AlbireoRun.Of([.. small.Command(small.Night.Folder, output), "--no-calibrated"]).Code);
        AlbireoRun run = AlbireoRun.Of("stack", "-o", output);
        Assert.Equal(3, run.Code);
        Assert.Contains("--no-calibrated", Assert.Single(run.Complaints));
    }

    [Fact]
    public void A_folder_without_an_observation_is_refused() => Assert.Equal(2, AlbireoRun.Of("stack", "-o", scratch.Path).Code);

    private static double Sum(Image image, double x, double y)
    {
        double sum = 0;
        for (int v = -6; v <= 6; v++)
        {
            for (int u = -6; u <= 6; u++)
            {
                sum += image[(int)Math.Round(x) + u, (int)Math.Round(y) + v];
            }
        }
        return sum - (169 * Sky(image, x, y).Average());
    }

    private static double Noise(Image image, double x, double y)
    {
        double[] sky = [.. Sky(image, x, y)];
        double mean = sky.Average();
        return Math.Sqrt(sky.Average(v => (v - mean) * (v - mean)));
    }

    private static IEnumerable<double> Sky(Image image, double x, double y)
    {
        for (int v = -11; v <= 11; v++)
        {
            for (int u = -11; u <= 11; u++)
            {
                if ((u * u) + (v * v) is > 81 and < 121)
                {
                    yield return image[(int)Math.Round(x) + u, (int)Math.Round(y) + v];
                }
            }
        }
    }
}
