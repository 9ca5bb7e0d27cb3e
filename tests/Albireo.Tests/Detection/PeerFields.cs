using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

/// <summary>Fields on which our finder and SExtractor are compared; reference/sextractor_fields.py sees the same pixels.</summary>
internal static class PeerFields
{
    public const double Noise = 10;

    public static readonly string[] Names = ["sparse", "rich", "crowded", "nebulous", "trailed"];

    public static StarField Make(string name)
    {
        StarField field = name switch
        {
            "sparse" => new StarField(512, 512, seed: 101, sky: 1000).Scatter(60, 150, 50_000, 2.8),
            // The density of 10 000 stars on 4096² pixels.
            "rich" => new StarField(768, 768, seed: 102, sky: 1000).Scatter(352, 150, 100_000, 3),
            "crowded" => new StarField(512, 512, seed: 103, sky: 1000).Scatter(1500, 150, 50_000, 2.8),
            "nebulous" => Nebula(new StarField(512, 512, seed: 104, sky: 1000).Scatter(200, 150, 50_000, 2.8)),
            "trailed" => Trails(new StarField(512, 512, seed: 105, sky: 1000), 150),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such field"),
        };
        return field.Noise(Noise, gain: 2);
    }

    private static StarField Nebula(StarField field)
    {
        for (int y = 0; y < 512; y++)
        {
            for (int x = 0; x < 512; x++)
            {
                double r = Math.Pow((x - 300) / 110.0, 2) + Math.Pow((y - 220) / 80.0, 2);
                double wave = 1 + (0.4 * Math.Sin(x / 37.0) * Math.Cos(y / 29.0));
                field.Image[x, y] += (float)(600 * wave * Math.Exp(-0.5 * r));
            }
        }
        return field;
    }

    // Stars drawn out over seven pixels, as by a drive that runs wrong.
    private static StarField Trails(StarField field, int count)
    {
        SeededRandom random = field.Random;
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = (random.Uniform(12, 500), random.Uniform(12, 500));
            double flux = 400 * Math.Pow(150, random.Uniform());
            for (int k = -6; k <= 6; k++)
            {
                field.Gaussian(x + (0.5 * k), y + (0.27 * k), flux / 13, 2.5);
            }
            field.Stars.RemoveRange(field.Stars.Count - 13, 13);
            field.Stars.Add((x, y, flux));
        }
        return field;
    }

    /// <summary>Truth matched one to one with what was found, brightest truth first, nearest within two pixels.</summary>
    public static int Matched(StarField field, IReadOnlyList<(double X, double Y)> found)
    {
        var free = new List<(double X, double Y)>(found);
        int matched = 0;
        foreach ((double x, double y, _) in field.Stars.OrderByDescending(s => s.Flux))
        {
            int best = -1;
            double nearest = 4;
            for (int i = 0; i < free.Count; i++)
            {
                double square = Math.Pow(free[i].X - x, 2) + Math.Pow(free[i].Y - y, 2);
                if (square < nearest)
                {
                    (best, nearest) = (i, square);
                }
            }
            if (best >= 0)
            {
                matched++;
                free.RemoveAt(best);
            }
        }
        return matched;
    }

    public static void Export(string folder)
    {
        foreach (string name in Names)
        {
            StarField field = Make(name);
            using (FitsOutput output = FitsOutput.Create(Path.Combine(folder, name + ".fits")))
            {
                output.AddImage<float>(new FitsHeader(), [field.Image.Width, field.Image.Height], field.Image.Pixels);
                output.Commit();
            }
            File.WriteAllLines(Path.Combine(folder, name + ".csv"), field.Stars.Select(s => $"{s.X:R},{s.Y:R},{s.Flux:R}"));
        }
    }
}
