using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;
using Albireo.Science.Psf;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Benchmarks;

/// <summary>An observation of 500 frames × 500 stars × 32 apertures: a target and stars of 3 000 … 100 000 counts with photon noise.</summary>
public static class LargeObservation
{
    public const int Frames = 500;
    public const int Stars = 500;
    public const int Apertures = 32;
    private const int Side = 1024;

    /// <summary>Its table.</summary>
    public static FluxTable Table()
    {
        var random = new SeededRandom(1);
        SkyCoordinate target = new(31.042825, 46.687833);
        Site site = new(31.68, -110.88, 2344);
        FrameRow[] rows =
        [
            .. Enumerable
                .Range(0, Frames)
                .Select(i =>
                    new FrameRow
                    {
                        Info = new FrameInfo
                        {
                            Path = $"/night/f{i:000}.fits",
                            Name = $"f{i:000}",
                            ExposureSeconds = new Sourced<double>(30, "EXPTIME", "30"),
                        },
                        MidUtc = new JulianDate(2458107, 0.5 + (0.0006 * i), TimeScale.Utc),
                        Match = new FrameMatch(PlaneTransform.Identity, 100, 0.1, double.NaN, []),
                        Profile = new FrameProfile(3, 3, 0, 3, 50),
                        Sky = 100,
                    }.SeenFrom(target, site)
                ),
        ];
        Star[] stars =
        [
            .. Enumerable
                .Range(0, Stars)
                .Select(s => new Star(s, 20 + (20 * (s % 50)), 20 + (40 * (s / 50)))
                {
                    Role = s == 0 ? StarRole.Target : StarRole.Field,
                    Flux = Math.Pow(10, random.Uniform(3.5, 5)),
                }),
        ];
        var table = new FluxTable(rows, stars, [.. Enumerable.Range(1, Apertures).Select(a => (double)a)])
        {
            RadiusUnit = "pixel",
            AnnulusInner = 40,
            AnnulusOuter = 50,
            FluxUnit = "adu",
            Target = target,
            Site = site,
        };
        double[] radii = [.. table.Radii];
        for (int f = 0; f < Frames; f++)
        {
            var fluxes = new FrameFluxes(Stars, radii);
            for (int s = 0; s < Stars; s++)
            {
                (fluxes.X[s], fluxes.Y[s], fluxes.Sky[s], fluxes.SkyRms[s], fluxes.Peak[s]) = (stars[s].X, stars[s].Y, 100, 10, 5000);
                for (int a = 0; a < Apertures; a++)
                {
                    double error = Math.Sqrt(stars[s].Flux + (100 * a));
                    fluxes.Flux[(s * Apertures) + a] = stars[s].Flux + (error * random.Normal());
                    fluxes.FluxError[(s * Apertures) + a] = error;
                }
            }
            table.Put(f, fluxes);
        }
        return table;
    }

    /// <summary>A folder in which <c>albireo curve</c> finds it.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        FluxTable table = Table();
        var picture = new Image(Side, Side);
        var random = new SeededRandom(2);
        foreach (ref float pixel in picture.Pixels)
        {
            pixel = (float)(100 + (10 * random.Normal()));
        }
        var observation = new Observation { Label = "large", Lights = [.. table.Frames.Select(f => f.Info)] };
        var reference = new ReferenceFrame(
            new Frame { Info = table.Frames[0].Info, Workspace = new Workspace() },
            new FitsHeader(),
            picture,
            null
        );
        ObservationFile.Write(Path.Combine(folder, "observation.fits"), observation, reference, table);
    }
}
