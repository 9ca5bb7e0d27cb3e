using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Albireo.Fits;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

/// <summary>
/// Mutants of small files of every kind: bytes, digits, cards, lengths, cuts. Whatever they are, reading all of them ends with data
/// or with a FitsFormatException. ALBIREO_FUZZ_MUTANTS sets how many there are, ALBIREO_FUZZ_SEED where they begin.
/// </summary>
public sealed class FuzzTests
{
    private const int Mutants = 10_000;
    private const ulong Seed = 20261121;

    private static readonly FitsReadOptions Limits = new()
    {
        MaxInflatedBytes = 1 << 24,
        MaxBufferedBytes = 1 << 20,
        VerifyChecksums = true,
    };

    [Fact]
    public void No_mutant_does_anything_but_give_data_or_a_named_error()
    {
        int count = int.Parse(
            Environment.GetEnvironmentVariable("ALBIREO_FUZZ_MUTANTS") ?? Mutants.ToString(),
            CultureInfo.InvariantCulture
        );
        ulong seed = ulong.Parse(Environment.GetEnvironmentVariable("ALBIREO_FUZZ_SEED") ?? Seed.ToString(), CultureInfo.InvariantCulture);
        List<byte[]> parents = Parents();
        var wrong = new List<string>();
        int accepted = 0;
        Parallel.For(
            0,
            count,
            i =>
            {
                SeededRandom random = SeededRandom.Child(seed, (ulong)i);
                byte[] parent = parents[i % parents.Count];
                byte[] mutant = Mutate(parent, random);
                var clock = Stopwatch.StartNew();
                try
                {
                    ReadEverything(mutant);
                    Interlocked.Increment(ref accepted);
                }
                catch (FitsFormatException e) when (e.Message.StartsWith("mutant", StringComparison.Ordinal) && !e.Message.Contains('\n'))
                { }
                catch (Exception e)
                {
                    lock (wrong)
                    {
                        wrong.Add($"mutant {i} of seed {seed}: {e}");
                    }
                }
                if (clock.Elapsed.TotalSeconds > 10)
                {
                    lock (wrong)
                    {
                        wrong.Add($"mutant {i} of seed {seed}: {clock.Elapsed.TotalSeconds} s");
                    }
                }
            }
        );
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join('\n', wrong.Take(5))}");
        Assert.InRange(accepted, count / 20, count * 19 / 20);
    }

    private static void ReadEverything(byte[] bytes)
    {
        using FitsFile file = FitsFile.Open(bytes, "mutant", Limits);
        FitsFormatException? first = null;
        foreach (FitsHdu hdu in file.Hdus)
        {
            foreach (FitsCard card in hdu.Header)
            {
                _ = card.Value?.Length + card.Comment?.Length;
            }
            _ = hdu.Name;
            _ = hdu.InheritedHeader();
        }
        foreach (FitsFinding finding in FitsVerifier.Verify(file))
        {
            Assert.DoesNotContain(finding.Text, c => char.IsControl(c));
        }
        try
        {
            _ = file.FirstImage();
        }
        catch (FitsFormatException e)
        {
            first = e;
        }
        if (first is not null)
        {
            throw first;
        }
    }

    private static byte[] Mutate(byte[] parent, SeededRandom random)
    {
        byte[] bytes = [.. parent];
        int changes = 1 + random.Below(3);
        for (int change = 0; change < changes; change++)
        {
            int headerBytes = Math.Min(bytes.Length, 2880 * 4);
            switch (random.Below(9))
            {
                case 0:
                    bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
                    break;
                case 1:
                    bytes[random.Below(bytes.Length)] ^= (byte)(1 << random.Below(8));
                    break;
                case 2:
                    Digits(bytes.AsSpan(0, headerBytes), random);
                    break;
                case 3:
                    SwapCards(bytes, headerBytes / 80, random);
                    break;
                case 4:
                    Value(bytes, headerBytes / 80, random);
                    break;
                case 5:
                    Number(bytes, random);
                    break;
                case 6:
                    bytes = bytes[..(1 + random.Below(bytes.Length))];
                    break;
                case 7:
                    int at = random.Below(bytes.Length);
                    bytes = [.. bytes[..at], .. new byte[random.Below(200)], .. bytes[at..]];
                    break;
                default:
                    int from = random.Below(bytes.Length);
                    int to = random.Below(bytes.Length);
                    int length = Math.Min(random.Below(400), bytes.Length - Math.Max(from, to));
                    bytes.AsSpan(from, length).ToArray().CopyTo(bytes.AsSpan(to));
                    break;
            }
            if (bytes.Length == 0)
            {
                bytes = [0];
            }
        }
        return bytes;
    }

    private static void Digits(Span<byte> header, SeededRandom random)
    {
        int start = random.Below(header.Length);
        for (int i = 0; i < header.Length; i++)
        {
            ref byte b = ref header[(start + i) % header.Length];
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                b = (byte)('0' + random.Below(10));
                return;
            }
        }
    }

    private static void SwapCards(byte[] bytes, int cards, SeededRandom random)
    {
        if (cards < 2)
        {
            return;
        }
        int a = random.Below(cards) * 80;
        int b = random.Below(cards) * 80;
        byte[] first = bytes.AsSpan(a, 80).ToArray();
        bytes.AsSpan(b, 80).CopyTo(bytes.AsSpan(a));
        first.CopyTo(bytes, b);
    }

    /// <summary>Puts an extreme value into a card.</summary>
    private static void Value(byte[] bytes, int cards, SeededRandom random)
    {
        string[] values =
        [
            "-1",
            "0",
            "1",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "1E308",
            "'x'",
            "T",
            "",
            "65536",
            "3",
            "16",
            "-64",
        ];
        for (int attempt = 0; attempt < 50 && cards > 0; attempt++)
        {
            int card = random.Below(cards) * 80;
            if (card + 80 <= bytes.Length && bytes[card + 8] == (byte)'=')
            {
                Encoding.ASCII.GetBytes(values[random.Below(values.Length)].PadLeft(20)).CopyTo(bytes, card + 10);
                return;
            }
        }
    }

    /// <summary>Puts an extreme number anywhere: lengths and offsets of descriptors, first pixels, gzip trailers.</summary>
    private static void Number(byte[] bytes, SeededRandom random)
    {
        if (bytes.Length < 8)
        {
            return;
        }
        int at = random.Below(bytes.Length / 8) * 8;
        long[] values = [0, 1, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 32, 65536];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(at), values[random.Below(values.Length)]);
    }

    private static List<byte[]> Parents()
    {
        var parents = new List<byte[]>(CodecFiles.All().Select(codec => codec.File));
        using var folder = new ScratchFolder();
        var header = new FitsHeader();
        header.Set("LONGTEXT", new string('x', 200), "a comment");
        header.Set("ESO DET GAIN", 1.5);
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddImage(header, [8, 9], Enumerable.Range(0, 72).Select(i => (ushort)i).ToArray(), blank: 3);
            output.AddImage(header, [2, 3, 4], Enumerable.Range(0, 24).Select(i => (float)i).ToArray());
            output.Commit();
        }
        using (FitsOutput output = FitsOutput.Create(folder.At("b.fits")))
        {
            output.AddTable(header, SampleTables.Everything());
            output.AddTextTable(null, SampleTables.Plain());
            output.Commit();
        }
        parents.Add(File.ReadAllBytes(folder.At("a.fits")));
        parents.Add(File.ReadAllBytes(folder.At("b.fits")));
        using (var packed = new MemoryStream())
        {
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            {
                gzip.Write(parents[^2]);
            }
            parents.Add(packed.ToArray());
        }
        return parents;
    }
}
