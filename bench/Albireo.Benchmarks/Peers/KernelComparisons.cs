using System.Globalization;
using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Photometry;

namespace Albireo.Benchmarks.Peers;

/// <summary>Stars on one picture: 4096² uint16 with 10 000 of them, the same file for all. A peer's kernel is timed within its process.</summary>
internal static class KernelComparisons
{
    private const string Python = "/usr/bin/python3";
    private const string SExtractor = "/usr/bin/source-extractor";
    private const string SExtractorFiles = "/usr/share/source-extractor";
    private const int Side = 4096;
    private const double Fwhm = 3.5;
    private const double Threshold = 60;

    private static readonly double[] Radii = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25];
    private static readonly ParallelBands Bands = new();

    public static IEnumerable<Comparison> All(string albireo, string root, string work)
    {
        var field = new Lazy<Field>(() => Field.Make(work));
        string script = Path.Combine(root, "bench", "peers", "kernels.py");
        yield return Find(albireo, work, field);
        foreach ((string peer, double wanted) in ((string, double)[])[("sep", 0.5), ("photutils", 0.1)])
        {
            yield return Kernel("background", peer, wanted, script, field, Background);
        }
        foreach ((string peer, double wanted) in ((string, double)[])[("sep", 1.0 / 6), ("photutils", 1.0 / 30)])
        {
            yield return Kernel("apertures", peer, wanted, script, field, Apertures);
        }
        yield return Kernel("iraf", "photutils", 1.0 / 30, script, field, Iraf);
        yield return Match();
    }

    /// <summary>Whole processes: picture in, table out.</summary>
    private static Comparison Find(string albireo, string work, Lazy<Field> field)
    {
        string columns = Path.Combine(work, "find.param");
        return new Comparison(
            "find",
            "SExtractor",
            1.0 / 3,
            File.Exists(SExtractor) ? null : $"there is no {SExtractor}",
            () =>
                Timed.Run(albireo, ["find", field.Value.Picture, "-o", Path.Combine(work, "find.csv"), "--method", "segments", "--quiet"]),
            () =>
            {
                File.WriteAllText(
                    columns,
                    "NUMBER\nX_IMAGE\nY_IMAGE\nFLUX_ISO\nFLUXERR_ISO\nFLUX_MAX\nFWHM_IMAGE\nA_IMAGE\nB_IMAGE\nTHETA_IMAGE\nFLAGS\n"
                );
                return Timed.Run(
                    SExtractor,
                    [
                        field.Value.Picture,
                        .. new[] { "-c", Path.Combine(SExtractorFiles, "default.sex"), "-PARAMETERS_NAME", columns },
                        .. new[] { "-FILTER_NAME", Path.Combine(SExtractorFiles, "default.conv") },
                        .. new[] { "-CATALOG_NAME", Path.Combine(work, "find.cat"), "-VERBOSE_TYPE", "QUIET" },
                    ]
                );
            }
        );
    }

    private static Comparison Kernel(string name, string peer, double wanted, string script, Lazy<Field> field, Action<Field> ours) =>
        new(
            $"{name}-{peer}",
            peer,
            wanted,
            File.Exists(Python) ? null : $"there is no {Python}",
            () =>
            {
                Field picture = field.Value;
                return Timed.InProcess(() => ours(picture));
            },
            () =>
                Timed.Run(
                    Python,
                    ["-W", "ignore", script, $"{peer}-{name}", field.Value.Picture, field.Value.List, Text(Fwhm), Text(Threshold)]
                )
        );

    /// <summary>Mesh and level map.</summary>
    private static void Background(Field field)
    {
        BackgroundMap map = BackgroundMesh.Measure(field.Image, null, new BackgroundOptions(), Bands);
        Bands.Run(
            Side,
            64,
            (_, first, count) =>
            {
                for (int y = first; y < first + count; y++)
                {
                    map.LevelRow(y, field.Scratch.Row(y));
                }
            }
        );
    }

    /// <summary>The stars in two halves, as two frames in flight would be.</summary>
    private static void Apertures(Field field) =>
        Bands.Run(
            field.Stars.Length,
            field.Stars.Length / 2,
            (_, first, count) =>
                AperturePhotometry.Measure(
                    field.Image,
                    null,
                    null,
                    null,
                    field.Stars.AsSpan(first, count),
                    Radii,
                    null,
                    new double[count * Radii.Length],
                    new double[count * Radii.Length],
                    new float[count],
                    new float[count],
                    new float[count],
                    new FluxQuality[count]
                )
        );

    private static void Iraf(Field field) =>
        IrafStarFinder.Find(field.Clean, null, new IrafOptions { Threshold = Threshold, FwhmPixels = Fwhm }, Bands);

    /// <summary>One frame of 500 stars, turned and moved, on one core; a hundred times.</summary>
    private static Comparison Match()
    {
        var pair = new Lazy<(FrameMatcher Matcher, List<Source> Frame)>(() => SyntheticFrames.MatchPair(500));
        return new Comparison(
            "match",
            "the bound of 5 ms",
            1,
            null,
            () =>
            {
                (FrameMatcher matcher, List<Source> frame) = pair.Value;
                Timed all = Timed.InProcess(() =>
                {
                    for (int i = 0; i < 100; i++)
                    {
                        _ = matcher.Match(frame, out string reason) ?? throw new InvalidOperationException(reason);
                    }
                });
                return all with { Seconds = all.Seconds / 100, ProcessorSeconds = all.ProcessorSeconds / 100 };
            },
            () => new Timed(0.005, 0.005, double.NaN, 0)
        );
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The picture as a file and in memory, its stars as a list, what is left without its median, and room for a map.</summary>
    private sealed record Field(string Picture, string List, Image Image, PixelPosition[] Stars, Image Clean, Image Scratch)
    {
        public static Field Make(string work)
        {
            (Image image, PixelPosition[] stars) = SyntheticFrames.StarField(Side, 10_000);
            ushort[] counts = new ushort[Side * Side];
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = (ushort)Math.Clamp(image.Pixels[i], 0, ushort.MaxValue);
                image.Pixels[i] = counts[i];
            }
            string picture = Path.Combine(work, "stars.fits");
            using (FitsOutput output = FitsOutput.Create(picture))
            {
                output.AddImage<ushort>(null, [Side, Side], counts);
                output.Commit();
            }
            string list = Path.Combine(work, "stars.csv");
            File.WriteAllLines(list, stars.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.X},{s.Y}")));
            float median = image.Pixels.ToArray().Order().ElementAt(counts.Length / 2);
            var clean = new Image(Side, Side);
            for (int i = 0; i < counts.Length; i++)
            {
                clean.Pixels[i] = image.Pixels[i] - median;
            }
            return new Field(picture, list, image, stars, clean, new Image(Side, Side));
        }
    }
}
