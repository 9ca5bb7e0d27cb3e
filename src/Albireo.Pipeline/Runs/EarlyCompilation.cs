using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Options;
using Albireo.Science.Background;
using Albireo.Science.Calibration;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Runs;

/// <summary>
/// The kernels use this processor's widest vectors, so they are compiled on its first call of each and not with the program. Here a
/// second thread calls them on a picture of a few stars while the command line and the settings are read.
/// </summary>
public static class EarlyCompilation
{
    private const int Side = 96;

    /// <summary>Begins; nothing waits for it.</summary>
    /// <param name="before">Done on that thread first.</param>
    public static void Begin(Action? before = null)
    {
        if (Environment.ProcessorCount > 1)
        {
            new Thread(() =>
            {
                before?.Invoke();
                Touch();
            })
            {
                IsBackground = true,
            }.Start();
        }
    }

    /// <summary>What every run asks its settings and profiles for: the tables of the options, the reader of YAML.</summary>
    public static void Settings()
    {
        _ = RecipeTree.Of(new Recipe());
        _ = TelescopeLibrary.Open().Find(BuiltInProfiles.Index[0].Name);
    }

    /// <summary>Takes the background, finds the stars and measures them; what only a reduction needs comes last.</summary>
    /// <returns>How many stars there are.</returns>
    public static int Touch()
    {
        Image image = Stars();
        var mask = new PixelMask(Side, Side);
        var detector = new DetectorParameters(1, 5, 60000, 50000);
        BackgroundMap background = BackgroundMesh.Measure(image, mask, new BackgroundOptions { BoxSize = 32 });
        Source[] sources = SegmentFinder.Find(image, background, mask, image, 60000, new DetectionOptions());
        ImageCalibrator.Calibrate(
            image,
            CalibrationInputs.None,
            detector,
            new CalibrationOptions(),
            new CalibrationBuffers(image, mask, new Image(Side, Side))
        );
        return sources.Length;
    }

    private static Image Stars()
    {
        var image = new Image(Side, Side);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                // A star every 24 pixels, a companion beside every other one, and a ripple for noise.
                (double dx, double dy) = ((x % 24) - 12, (y % 24) - 12);
                double companion = x / 24 % 2 == 0 ? 600 * Math.Exp(-(((dx - 4) * (dx - 4)) + (dy * dy)) / 3) : 0;
                image[x, y] = (float)(1000 + ((x * 31 % 11) - (y * 17 % 7)) + companion + (2000 * Math.Exp(-((dx * dx) + (dy * dy)) / 3)));
            }
        }
        return image;
    }
}
