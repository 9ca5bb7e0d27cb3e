using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Psf;
using Albireo.Tests.Detection;

namespace Albireo.Tests.Psf;

/// <summary>Fields of elliptical Moffat stars, from isolated to very crowded, and what is measured of them against the truth.</summary>
internal static class CrowdedFields
{
    public const double Gain = 2;
    public const double Fwhm = 3;
    private const double SkyCounts = 400;
    private const double ReadNoise = 3;

    /// <summary>Stars on a jittered lattice, so far apart that none sees another.</summary>
    public static StarField Isolated(int side, int step, ulong seed)
    {
        StarField field = Empty(side, seed);
        for (int y = step / 2; y < side - (step / 2); y += step)
        {
            for (int x = step / 2; x < side - (step / 2); x += step)
            {
                Add(field, x + field.Random.Uniform(-2, 2), y + field.Random.Uniform(-2, 2));
            }
        }
        return field.Noise(ReadNoise, Gain);
    }

    /// <summary>Stars anywhere, many of them in each other's light.</summary>
    public static StarField Crowded(int side, int count, ulong seed)
    {
        StarField field = Empty(side, seed);
        for (int i = 0; i < count; i++)
        {
            Add(field, field.Random.Uniform(2, side - 3), field.Random.Uniform(2, side - 3));
        }
        return field.Noise(ReadNoise, Gain);
    }

    public static CrowdedFieldResult Measure(StarField field, IReadOnlyList<PixelPosition> given)
    {
        BackgroundMap background = BackgroundMesh.Measure(field.Image, null, new BackgroundOptions());
        Source[] sources = SegmentFinder.Find(field.Image, background, null, null, double.NaN, new DetectionOptions());
        CrowdedFieldResult? result = CrowdedField.Measure(
            field.Image,
            null,
            double.NaN,
            sources,
            background,
            given,
            new CrowdedFieldOptions { Gain = Gain }
        );
        Assert.NotNull(result);
        return result;
    }

    /// <summary>Index of the star measured for each true one, or −1: brightest measured first, the brightest free truth within a pixel.</summary>
    public static int[] Match(StarField field, IReadOnlyList<(double X, double Y, double Flux)> measured)
    {
        int[] match = [.. field.Stars.Select(_ => -1)];
        foreach (int i in Enumerable.Range(0, measured.Count).Where(i => measured[i].Flux > 0).OrderByDescending(i => measured[i].Flux))
        {
            int best = -1;
            for (int k = 0; k < match.Length; k++)
            {
                bool isNear = Square(field.Stars[k], measured[i].X, measured[i].Y) < 1;
                if (match[k] < 0 && isNear && (best < 0 || field.Stars[k].Flux > field.Stars[best].Flux))
                {
                    best = k;
                }
            }
            if (best >= 0)
            {
                match[best] = i;
            }
        }
        return match;
    }

    /// <summary>(measured − true) / error of each true star that was matched, and whether a companion that was not found lies in its light.</summary>
    public static List<(double Pull, bool IsSpoiled)> Pulls(StarField field, IReadOnlyList<PsfStar> stars)
    {
        int[] match = Match(field, [.. stars.Select(s => (s.X, s.Y, s.Flux))]);
        var pulls = new List<(double Pull, bool IsSpoiled)>();
        for (int k = 0; k < match.Length; k++)
        {
            if (match[k] < 0)
            {
                continue;
            }
            PsfStar star = stars[match[k]];
            double unseen = 0;
            for (int other = 0; other < match.Length; other++)
            {
                bool isUnseen = match[other] < 0 && Square(field.Stars[other], field.Stars[k].X, field.Stars[k].Y) < Fwhm * Fwhm;
                unseen += isUnseen ? field.Stars[other].Flux : 0;
            }
            pulls.Add(((star.Flux - field.Stars[k].Flux) / star.FluxError, unseen > star.FluxError));
        }
        return pulls;
    }

    /// <summary>Half of the middle 68 %.</summary>
    public static double Width(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(int)(0.8413 * sorted.Length)] - sorted[(int)(0.1587 * sorted.Length)]) / 2;
    }

    public static void Export(string path, StarField field)
    {
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage<float>(new FitsHeader(), [field.Image.Height, field.Image.Width], field.Image.Pixels);
        output.Commit();
        File.WriteAllLines(Path.ChangeExtension(path, ".csv"), field.Stars.Select(s => $"{s.X:R},{s.Y:R},{s.Flux:R}"));
    }

    private static StarField Empty(int side, ulong seed) => new(side, side, seed, SkyCounts);

    // Fluxes between 300 and 80 000, N(> F) ~ F^−0.6 as in a star cluster.
    private static void Add(StarField field, double x, double y)
    {
        const double Slope = -0.6;
        (double most, double least) = (Math.Pow(300, Slope), Math.Pow(80_000, Slope));
        double flux = Math.Pow(least + ((most - least) * field.Random.Uniform()), 1 / Slope);
        field.Moffat(x, y, flux, Fwhm * 1.05, Fwhm / 1.05, 30, 3.5);
    }

    private static double Square((double X, double Y, double Flux) star, double x, double y) =>
        ((star.X - x) * (star.X - x)) + ((star.Y - y) * (star.Y - y));
}
