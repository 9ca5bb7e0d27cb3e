using System.Globalization;
using Albireo.Fits;

namespace Albireo.Benchmarks.Peers;

/// <summary>What is compared.</summary>
public static class Comparisons
{
    private const string Python = "/usr/bin/python3";

    public static IEnumerable<Comparison> All(string albireo, string root, string shared, string work)
    {
        yield return Reduce(albireo, shared, work, isWhole: true);
        yield return Reduce(albireo, shared, work, isWhole: false);
        yield return Calibrate(albireo, shared, work, isWhole: true);
        yield return Calibrate(albireo, shared, work, isWhole: false);
        yield return Unpack(albireo, shared, work);
        yield return Index(albireo, shared, work);
        yield return Read(work);
        foreach (Comparison comparison in KernelComparisons.All(albireo, root, work))
        {
            yield return comparison;
        }
        foreach (Comparison comparison in LateComparisons.All(albireo, shared, work))
        {
            yield return comparison;
        }
        foreach (Comparison comparison in CombineComparisons.All(albireo, work))
        {
            yield return comparison;
        }
    }

    /// <summary>hatp32: 142 raw frames to a relative flux, each time into a new folder, all products kept or all but calibrated frames.</summary>
    private static Comparison Reduce(string albireo, string shared, string work, bool isWhole)
    {
        string night = Path.Combine(shared, "data", "hatp32");
        string script = Path.Combine(shared, "peers", "sep_lightcurve.py");
        int round = 0;
        return new Comparison(
            isWhole ? "reduce" : "reduce-lean",
            "sep_lightcurve.py",
            0.25,
            Missing(night, script, Python),
            () =>
            {
                string output = Path.Combine(work, string.Create(CultureInfo.InvariantCulture, $"reduced-{isWhole}-{round++}"));
                string[] stars = ["--target", "424,286", "--comparison", "465,183", "--comparison", "512,263"];
                return Timed.Run(
                    albireo,
                    ["reduce", night, "-o", output, "--quiet", .. stars, .. (isWhole ? [] : (string[])["--no-calibrated"])]
                );
            },
            () => Timed.Run(Python, [script, night, "424,286", "465,183", "512,263"])
        );
    }

    /// <summary>
    /// lpseb35 as plain FITS: masters of 7 biases, 5 darks and 3 flats, 60 lights calibrated with them, all written. Siril stacks with the
    /// same rejection and preprocesses; its dark holds the bias, as its manual has it. It writes 4 bytes a pixel; the whole products of
    /// ours have 9, for standard deviations and flags.
    /// </summary>
    private static Comparison Calibrate(string albireo, string shared, string work, bool isWhole)
    {
        const string siril = "/usr/bin/siril-cli";
        string night = Path.Combine(shared, "data", "lpseb35");
        string plain = Path.Combine(work, "lpseb35");
        string siriled = Path.Combine(work, "siril");
        string ours = Path.Combine(work, "calibrated");
        string script = Path.Combine(work, "night.ssf");
        var prepared = new Lazy<bool>(() =>
        {
            if (File.Exists(script))
            {
                return true;
            }
            Timed.Run(albireo, ["unpack", .. Directory.GetFiles(night, "*.fz"), "-o", plain]);
            foreach (
                (string pattern, string folder) in new[]
                {
                    ("Bias*", "bias"),
                    ("Dark*", "darks"),
                    ("domeflat*", "flats"),
                    ("LPSEB*", "lights"),
                }
            )
            {
                Directory.CreateDirectory(Path.Combine(siriled, folder));
                foreach (string file in Directory.GetFiles(plain, pattern))
                {
                    File.Copy(file, Path.Combine(siriled, folder, Path.GetFileName(file)));
                }
            }
            File.WriteAllText(
                script,
                """
                requires 1.0.0
                setext fits
                cd bias
                link bias -out=../process
                cd ../process
                stack bias rej 3 3 -nonorm -out=master_bias
                cd ../darks
                link dark -out=../process
                cd ../process
                stack dark rej 3 3 -nonorm -out=master_dark
                cd ../flats
                link flat -out=../process
                cd ../process
                preprocess flat -bias=master_bias
                stack pp_flat rej 3 3 -norm=mul -out=master_flat
                cd ../lights
                link light -out=../process
                cd ../process
                preprocess light -dark=master_dark -flat=master_flat
                close

                """
            );
            return true;
        });
        return new Comparison(
            isWhole ? "calibrate" : "calibrate-lean",
            "siril stack and preprocess",
            0.5,
            Missing(night, siril),
            () =>
            {
                _ = prepared.Value;
                Clear(ours);
                string[] lean = ["--set", "calibrate.keep-uncertainty=false", "--set", "calibrate.keep-mask=false"];
                return Timed.Run(albireo, ["calibrate", plain, "-o", ours, "--quiet", .. (isWhole ? [] : lean)]);
            },
            () =>
            {
                Clear(Path.Combine(siriled, "process"));
                return Timed.Run(siril, ["-s", script, "-d", siriled]);
            }
        );
    }

    /// <summary>75 tile-compressed frames to plain FITS, both writing.</summary>
    private static Comparison Unpack(string albireo, string shared, string work)
    {
        string night = Path.Combine(shared, "data", "lpseb35");
        string[] files = Directory.Exists(night) ? Directory.GetFiles(night, "*.fz") : [];
        string ours = Path.Combine(work, "unpacked");
        string theirs = Path.Combine(work, "funpacked");
        return new Comparison(
            "unpack",
            "funpack",
            0.5,
            Missing(night, "/usr/bin/funpack"),
            () =>
            {
                Clear(ours);
                return Timed.Run(albireo, ["unpack", .. files, "-o", ours]);
            },
            () =>
            {
                Clear(theirs);
                Directory.CreateDirectory(theirs);
                string[] copies = [.. files.Select(f => Path.Combine(theirs, Path.GetFileName(f)))];
                foreach ((string from, string to) in files.Zip(copies))
                {
                    File.Copy(from, to);
                }
                return Timed.Run("/usr/bin/funpack", copies);
            }
        );
    }

    /// <summary>Headers of 2 000 files.</summary>
    private static Comparison Index(string albireo, string shared, string work)
    {
        string source = Path.Combine(shared, "data", "hatp32");
        string night = Path.Combine(work, "index");
        if (Directory.Exists(source))
        {
            string[] frames = [.. Directory.GetFiles(source, "*.FITS").Order(StringComparer.Ordinal)];
            for (int i = 0; i < 2000; i++)
            {
                string folder = Directory.CreateDirectory(Path.Combine(night, (i / frames.Length).ToString("00"))).FullName;
                string copy = Path.Combine(folder, Path.GetFileName(frames[i % frames.Length]));
                File.Copy(frames[i % frames.Length], copy, overwrite: true);
                using FileStream pixels = File.OpenWrite(copy); // no two files alike
                pixels.Position = 5760;
                pixels.Write(BitConverter.GetBytes(i));
            }
        }
        string[] files = Directory.Exists(night) ? Directory.GetFiles(night, "*.FITS", SearchOption.AllDirectories) : [];
        // Both are timed inside a process that is warm: starting Python takes longer than the loop.
        const string loop =
            "import glob,sys,time;from astropy.io import fits\nfiles=glob.glob(sys.argv[1]+'/*/*.FITS');fits.getheader(files[0]);t=time.time()\nfor f in files: fits.getheader(f)\nprint('seconds',time.time()-t)";
        return new Comparison(
            "index",
            "astropy getheader loop",
            0.1,
            Missing(source, Python),
            () => Timed.InProcess(() => ReadHeaders(files)),
            () => Timed.Run(Python, ["-W", "ignore", "-c", loop, night])
        );
    }

    /// <summary>100 frames of 2048² uint16 from cached files to float, against a copy of the same bytes in memory; one thread each.</summary>
    private static Comparison Read(string work)
    {
        const int count = 100;
        const int side = 2048;
        var bytes = new Lazy<(string[] Files, byte[][] From, byte[][] To)>(() =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(work, "frames")).FullName;
            var pixels = new ushort[side * side];
            string[] files = [.. Enumerable.Range(0, count).Select(i => Path.Combine(folder, $"{i:000}.fits"))];
            for (int i = 0; i < count; i++)
            {
                pixels.AsSpan().Fill((ushort)(1000 + i));
                using FitsOutput output = FitsOutput.Create(files[i]);
                output.AddImage(null, [side, side], (ReadOnlySpan<ushort>)pixels);
                output.Commit();
            }
            return (files, [.. files.Select(File.ReadAllBytes)], [.. files.Select(f => new byte[new FileInfo(f).Length])]);
        });
        var floats = new float[side * side];
        return new Comparison(
            "read",
            "copy of the same bytes in memory",
            2.5,
            null,
            () =>
            {
                string[] files = bytes.Value.Files;
                return Timed.InProcess(() =>
                {
                    foreach (string file in files)
                    {
                        using FitsFile opened = FitsFile.Open(file);
                        opened.FirstImage().ReadRows(0, side, floats);
                    }
                });
            },
            () =>
            {
                (_, byte[][] from, byte[][] to) = bytes.Value;
                return Timed.InProcess(() =>
                {
                    for (int i = 0; i < count; i++)
                    {
                        from[i].AsSpan().CopyTo(to[i]);
                    }
                });
            }
        );
    }

    /// <summary>The header of every file and one of its keywords, on all processors.</summary>
    private static void ReadHeaders(string[] files)
    {
        int exposures = 0;
        Parallel.ForEach(
            files,
            file =>
            {
                using FitsFile opened = FitsFile.Open(file);
                if (opened.Hdu(0).Header.Real("EXPTIME") is > 0)
                {
                    Interlocked.Increment(ref exposures);
                }
            }
        );
        if (exposures != files.Length)
        {
            throw new InvalidOperationException($"{exposures} of {files.Length} headers were read.");
        }
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Missing(params string[] paths) =>
        paths.FirstOrDefault(p => !Path.Exists(p)) is { } p ? $"there is no {p}" : null;
}
