using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Tests.Products;

/// <summary>A small table whose every number is known: frames × 2 apertures × 4 stars (target, two comparisons, check).</summary>
public static class MadeUpObservation
{
    public static readonly SkyCoordinate Target = new(31.042825, 46.687833);
    public static readonly Site Site = new(31.68, -110.88, 2344);

    /// <summary>Brightness of target, comparisons and check in the second aperture; the first has 90 % of it.</summary>
    public static readonly double[] Brightness = [10000, 20000, 5000, 8000];

    /// <param name="frames">How many; the last one was left out.</param>
    /// <param name="withSky">Whether direction and place are known.</param>
    public static FluxTable Table(int frames = 6, bool withSky = true)
    {
        var rows = new List<FrameRow>();
        for (int i = 0; i < frames; i++)
        {
            JulianDate start = JulianDate.FromCalendar(2017, 12, 20, 2, i, 13.317, TimeScale.Utc);
            bool isLast = i == frames - 1;
            FrameRow row = new()
            {
                Info = new FrameInfo
                {
                    Path = $"/night/Jürgen/f{i}.fits",
                    Name = $"f{i}",
                    Kind = new Sourced<FrameKind>(FrameKind.Light, "observation.fits", ""),
                    ExposureSeconds = new Sourced<double>(60, "EXPTIME", ""),
                    Filter = new Sourced<string>("V", "observation.fits", "V"),
                    Start = new Sourced<JulianDate>(start, "UT-OBS", $"2017-12-20T02:{i:00}:13.317"),
                    Pointing = new Sourced<SkyCoordinate>(new SkyCoordinate(31.1, 46.5), "OBJCTRA", ""),
                    PierSide = new Sourced<string>(i < 3 ? "east" : "west", "observation.fits", i < 3 ? "east" : "west"),
                },
                MidUtc = start.AddSeconds(30),
                Match = isLast ? null : new FrameMatch(new PlaneTransform(1, 0.001, i, -0.001, 1, -0.5 * i), 40, 0.11, double.NaN, []),
                Profile = isLast ? null : new FrameProfile(3.1, 2.9, 12.5, 3, 25),
                Sky = isLast ? null : 101.25 + i,
                Noise = new FrameNoise(new DetectorParameters(2, 5, 60000, null), "GAIN", "detector.read-noise"),
                Sha256 = $"{i:x64}",
                StoppedBy = isLast ? "match" : null,
                Reason = isLast ? "3 stars at 40° — too few" : null,
            };
            rows.Add(row.SeenFrom(withSky ? Target : null, withSky ? Site : null));
        }
        Star[] stars =
        [
            new(0, 40.25, 30.5)
            {
                Role = StarRole.Target,
                Name = "HAT-P-32",
                Position = Target,
                Flux = 10000,
                Peak = 900,
            },
            new(1, 60, 20)
            {
                Role = StarRole.Comparison,
                Magnitudes = StarMagnitudes.Of(new("V", 11.2, 0.02), new("B", 11.9), new("V-R", 0.41, 0.03)),
                Flux = 20000,
                Peak = 1800,
            },
            new(2, 15, 45)
            {
                Role = StarRole.Comparison,
                Name = "comp, the \\u00e9 one",
                Magnitudes = StarMagnitudes.Of(new CatalogueMagnitude("V", 12.7)),
            },
            new(3, 70, 50) { Role = StarRole.Check, IsSaturated = true },
        ];
        var table = new FluxTable(rows, stars, [1.5, 2.5])
        {
            RadiusUnit = "frame fwhm",
            AnnulusInner = 4,
            AnnulusOuter = 7,
            FluxUnit = "adu",
            Target = withSky ? Target : null,
            Site = withSky ? Site : null,
        };
        for (int i = 0; i < frames - 1; i++)
        {
            table.Put(i, Measured(i, stars));
        }
        return table;
    }

    /// <summary>The observation in a file, read back.</summary>
    public static StoredObservation Stored(string path, FluxTable? table = null)
    {
        FluxTable fluxes = table ?? Table();
        ObservationFile.Write(path, Observation(fluxes), Reference(fluxes), fluxes);
        return ObservationFileReader.Read(path);
    }

    public static Observation Observation(FluxTable table) =>
        new()
        {
            Label = "HAT-P-32_V_2017-12-19",
            Target = "HAT-P-32",
            Filter = "V",
            Instrument = "Main",
            Night = new DateOnly(2017, 12, 19),
            Lights = [.. table.Frames.Select(f => f.Info)],
        };

    public static ReferenceFrame Reference(FluxTable table)
    {
        var header = new FitsHeader();
        header.Set("OBSERVER", "O'Neill", "as it came");
        var picture = new Image(80, 60);
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = 0.25f * i;
        }
        return new ReferenceFrame(new Frame { Info = table.Frames[0].Info, Workspace = new Workspace() }, header, picture, null);
    }

    private static FrameFluxes Measured(int frame, Star[] stars)
    {
        var fluxes = new FrameFluxes(stars.Length, [4.5, 7.5]);
        // Extinction dims all alike; the target dips in frame 2.
        double air = 1 - (0.01 * frame);
        for (int s = 0; s < stars.Length; s++)
        {
            double flux = Brightness[s] * air * (s == 0 && frame == 2 ? 0.98 : 1);
            for (int a = 0; a < 2; a++)
            {
                fluxes.Flux[(s * 2) + a] = flux * (a == 0 ? 0.9 : 1);
                fluxes.FluxError[(s * 2) + a] = 0.005 * flux;
            }
            fluxes.X[s] = stars[s].X + frame + 0.123456789;
            fluxes.Y[s] = stars[s].Y - (0.5 * frame);
            fluxes.Sky[s] = 101.25f;
            fluxes.SkyRms[s] = 3.5f;
            fluxes.Peak[s] = 1000 + s;
            fluxes.Flags[s] = s == 3 ? FluxQuality.Neighbour : FluxQuality.None;
        }
        return fluxes;
    }
}
