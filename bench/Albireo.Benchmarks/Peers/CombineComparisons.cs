using System.Globalization;
using Albireo.Fits;
using Albireo.Science.Numerics;

namespace Albireo.Benchmarks.Peers;

/// <summary>Stacks of frames made one by a clipped mean, whole processes; and how time and memory grow with the number of frames.</summary>
internal static class CombineComparisons
{
    private const string Python = "/usr/bin/python3";
    private const string Siril = "/usr/bin/siril-cli";
    private const int Side = 2048;
    private const int Count = 25;

    /// <summary>Asked for by name only: it needs 10 GB of disk.</summary>
    private const int LargeSide = 4096;
    private const int LargeCount = 300;

    public static IEnumerable<Comparison> All(string albireo, string work)
    {
        yield return AgainstSiril(albireo, work);
        yield return AgainstCcdproc(albireo, work);
        yield return Large(albireo, work);
    }

    private static Comparison AgainstSiril(string albireo, string work)
    {
        string folder = Path.Combine(work, "stack");
        string script = Path.Combine(work, "stack.ssf");
        return new Comparison(
            "combine",
            "siril rejection stack",
            0.25,
            File.Exists(Siril) ? null : $"there is no {Siril}",
            () => Timed.Run(albireo, ["combine", .. Frames(folder, Count, Side), "-o", Path.Combine(work, "combined.fits"), "--quiet"]),
            () =>
            {
                // Siril names a sequence by its files: f_00001.fit and so on.
                File.WriteAllText(
                    script,
                    $"requires 1.0.0\nsetext fit\ncd {folder}\nsetcpu {Environment.ProcessorCount}\nstack f_ rej 3 3 -nonorm -out=../siril\nclose\n"
                );
                return Timed.Run(Siril, ["-s", script]);
            }
        );
    }

    private static Comparison AgainstCcdproc(string albireo, string work)
    {
        string folder = Path.Combine(work, "stack");
        const string combine =
            "import glob,sys,ccdproc\nr=ccdproc.combine(sorted(glob.glob(sys.argv[1]+'/f_*.fit')),method='average',sigma_clip=True,sigma_clip_low_thresh=3,sigma_clip_high_thresh=3,unit='adu',mem_limit=4e9)\nr.write(sys.argv[2],overwrite=True)";
        return new Comparison(
            "combine-ccdproc",
            "ccdproc.combine",
            1.0 / 12,
            File.Exists(Python) ? null : $"there is no {Python}",
            () => Timed.Run(albireo, ["combine", .. Frames(folder, Count, Side), "-o", Path.Combine(work, "combined.fits"), "--quiet"]),
            () => Timed.Run(Python, ["-W", "ignore", "-c", combine, folder, Path.Combine(work, "ccdproc.fits")])
        );
    }

    /// <summary>300 frames of 4096² against 25 of them: time in proportion, within 1 GB.</summary>
    private static Comparison Large(string albireo, string work)
    {
        string folder = Path.Combine(work, "large");
        string output = Path.Combine(work, "large.fits");
        return new Comparison(
            "combine-large",
            $"{Count} of the same frames",
            (double)LargeCount / Count,
            null,
            () => Timed.Run(albireo, ["combine", .. Frames(folder, LargeCount, LargeSide), "-o", output, "--quiet"]),
            () => Timed.Run(albireo, ["combine", .. Frames(folder, LargeCount, LargeSide)[..Count], "-o", output, "--quiet"])
        )
        {
            IsOnRequest = true,
        };
    }

    /// <summary>Frames of Gaussian noise with hits, made where they are missing: one in eight afresh, the others shifted copies.</summary>
    private static string[] Frames(string folder, int count, int side)
    {
        string[] files =
        [
            .. Enumerable
                .Range(1, count)
                .Select(i => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"f_{i:00000}.fit"))),
        ];
        if (files.All(File.Exists))
        {
            return files;
        }
        Directory.CreateDirectory(folder);
        var random = new SeededRandom(1);
        var pixels = new ushort[side * side];
        for (int i = 0; i < count; i++)
        {
            if (i % 8 == 0)
            {
                for (int p = 0; p < pixels.Length; p++)
                {
                    pixels[p] = (ushort)Math.Round(1000 + (10 * random.Normal()) + (random.Uniform() < 0.001 ? 3000 : 0));
                }
            }
            int shift = (i % 8 * side) + (i * 7);
            using FitsOutput output = FitsOutput.Create(files[i]);
            output.AddImage<ushort>(null, [side, side], [.. pixels[shift..], .. pixels[..shift]]);
            output.Commit();
        }
        return files;
    }
}
