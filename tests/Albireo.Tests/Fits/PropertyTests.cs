using System.Globalization;
using System.Numerics;
using Albireo.Fits;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

/// <summary>Written → read is the identity, for random headers, images and tables.</summary>
public sealed class PropertyTests
{
    private const ulong Seed = 4242;
    private const int Cases = 60;

    [Fact]
    public void Random_headers_survive()
    {
        for (int i = 0; i < Cases * 3; i++)
        {
            SeededRandom random = SeededRandom.Child(Seed, (ulong)i);
            using var folder = new ScratchFolder();
            var header = new FitsHeader();
            var expected = new Dictionary<string, object>();
            int count = random.Below(40);
            for (int card = 0; card < count; card++)
            {
                string keyword = random.Below(4) == 0 ? $"ESO DET KEY{random.Below(30)} NAME" : $"K{random.Below(60)}";
                string? comment = random.Below(2) == 0 ? null : Words(random, 60);
                switch (random.Below(5))
                {
                    case 0:
                        string text = Words(random, random.Below(3) == 0 ? 400 : 50).TrimEnd();
                        header.Set(keyword, text, comment);
                        expected[keyword] = text;
                        break;
                    case 1:
                        double real = BitConverter.Int64BitsToDouble((long)random.NextBits());
                        real = double.IsFinite(real) ? real : random.Normal();
                        header.Set(keyword, real, comment);
                        expected[keyword] = real;
                        break;
                    case 2:
                        long whole = (long)random.NextBits() >> random.Below(64);
                        header.Set(keyword, whole, comment);
                        expected[keyword] = whole;
                        break;
                    case 3:
                        header.Set(keyword, random.Below(2) == 0, comment);
                        expected[keyword] = header.Logical(keyword)!;
                        break;
                    default:
                        header.AddHistory(Words(random, 200));
                        break;
                }
            }
            using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
            {
                output.AddHeader(header);
                output.Commit();
            }
            using FitsFile file = FitsFile.Open(folder.At("a.fits"));
            FitsHeader read = file.Hdu(0).Header;
            foreach ((string keyword, object value) in expected)
            {
                object? got = value switch
                {
                    string => read.Text(keyword),
                    double => read.Real(keyword),
                    long => read.Integer(keyword),
                    _ => read.Logical(keyword),
                };
                Assert.True(value.Equals(got), $"seed {Seed} case {i}: {keyword} = {value}, read {got}");
            }
            string[] images = [.. read.Select(card => card.Image)];
            Assert.True(header.All(card => images.Contains(card.Image)), $"seed {Seed} case {i}: a card is gone");
            Assert.Empty(FitsVerifier.Verify(file));
        }
    }

    [Fact]
    public void Random_images_survive()
    {
        for (int i = 0; i < Cases; i++)
        {
            SeededRandom random = SeededRandom.Child(Seed + 1, (ulong)i);
            switch (i % 10)
            {
                case 0:
                    Image(i, random, () => (byte)random.NextBits());
                    break;
                case 1:
                    Image(i, random, () => (sbyte)random.NextBits());
                    break;
                case 2:
                    Image(i, random, () => (short)random.NextBits());
                    break;
                case 3:
                    Image(i, random, () => (ushort)random.NextBits());
                    break;
                case 4:
                    Image(i, random, () => (int)random.NextBits());
                    break;
                case 5:
                    Image(i, random, () => (uint)random.NextBits());
                    break;
                case 6:
                    Image(i, random, () => (long)random.NextBits());
                    break;
                case 7:
                    Image(i, random, () => random.NextBits());
                    break;
                default:
                    Reals(i, random);
                    break;
            }
        }
    }

    [Fact]
    public void Random_tables_survive()
    {
        for (int i = 0; i < Cases; i++)
        {
            SeededRandom random = SeededRandom.Child(Seed + 2, (ulong)i);
            int rows = random.Below(60);
            var table = new FitsTable(rows);
            int columns = 1 + random.Below(12);
            for (int c = 0; c < columns; c++)
            {
                int repeat = 1 + random.Below(4);
                int count = rows * repeat;
                string name = "c" + c.ToString(CultureInfo.InvariantCulture);
                switch (random.Below(10))
                {
                    case 0:
                        table.Add(name, Values(count, () => random.Below(2) == 0), repeat: repeat);
                        break;
                    case 1:
                        table.AddBits(name, Values(count, () => random.Below(2) == 0), repeat);
                        break;
                    case 2:
                        table.Add(name, Values(count, () => (short)random.NextBits()), "adu", repeat);
                        break;
                    case 3:
                        table.Add(name, Values(count, () => (uint)random.NextBits()), repeat: repeat);
                        break;
                    case 4:
                        table.Add(name, Values(count, () => (long)random.NextBits()), repeat: repeat, dimensions: [1, repeat]);
                        break;
                    case 5:
                        table.Add(name, Values(count, () => (float)random.Normal()), repeat: repeat);
                        break;
                    case 6:
                        table.Add(name, Values(count, () => new Complex(random.Normal(), random.Normal())), repeat: repeat);
                        break;
                    case 7:
                        table.Add(name, Values(count, () => Words(random, 12).Trim()), repeat: repeat);
                        break;
                    case 8:
                        table.AddVariable(name, Values(rows, () => Values(random.Below(6), () => random.Normal())));
                        break;
                    default:
                        table.AddVariable(name, Values(rows, () => Values(random.Below(6), () => (ushort)random.NextBits())));
                        break;
                }
            }
            using var folder = new ScratchFolder();
            using (FitsOutput output = FitsOutput.Create(folder.At("t.fits")))
            {
                output.AddTable(null, table);
                output.Commit();
            }
            Assert.Empty(FitsVerifier.Verify(folder.At("t.fits")));
            using FitsFile file = FitsFile.Open(folder.At("t.fits"));
            FitsTable read = ((FitsTableHdu)file.Hdu(1)).Read();
            foreach ((FitsColumn wrote, FitsColumn got) in table.Columns.Zip(read.Columns))
            {
                bool same =
                    (wrote.Name, wrote.Type, wrote.Repeat, wrote.Unit) == (got.Name, got.Type, got.Repeat, got.Unit)
                    && wrote.Data.Cast<object>().SequenceEqual(got.Data.Cast<object>())
                    && (wrote.RowStarts ?? []).SequenceEqual(got.RowStarts ?? []);
                Assert.True(same, $"seed {Seed + 2} case {i}: column {wrote.Name} {wrote.Type} x {wrote.Repeat}");
            }
        }
    }

    private static void Image<T>(int number, SeededRandom random, Func<T> next)
        where T : unmanaged, IBinaryInteger<T>
    {
        long[] shape = Shape(random);
        T[] pixels = Values((int)shape.Aggregate(1L, (a, b) => a * b), next);
        RoundTrip(number, shape, pixels, (image, read) => image.ReadRows(0, (int)image.RowCount, read.AsSpan()));
    }

    private static void Reals(int number, SeededRandom random)
    {
        long[] shape = Shape(random);
        double[] pixels = Values((int)shape.Aggregate(1L, (a, b) => a * b), () => random.Below(9) == 0 ? 0 : random.Normal() * 1e5);
        RoundTrip(number, shape, pixels, (image, read) => image.ReadRows(0, (int)image.RowCount, read));
        float[] singles = [.. pixels.Select(p => (float)p)];
        RoundTrip(number, shape, singles, (image, read) => image.ReadRows(0, (int)image.RowCount, read));
    }

    private static void RoundTrip<T>(int number, long[] shape, T[] pixels, Action<FitsImage, T[]> read)
        where T : unmanaged, INumber<T>
    {
        using var folder = new ScratchFolder();
        using (FitsOutput output = FitsOutput.Create(folder.At("a.fits")))
        {
            output.AddImage(null, shape, pixels);
            output.AddCompressedImage(null, shape, pixels, FitsCompression.Rice);
            output.AddCompressedImage(null, shape, pixels, FitsCompression.Gzip);
            output.Commit();
        }
        Assert.Empty(FitsVerifier.Verify(folder.At("a.fits")));
        using FitsFile file = FitsFile.Open(folder.At("a.fits"));
        foreach (FitsImage image in file.Hdus.Cast<FitsImage>())
        {
            var got = new T[pixels.Length];
            read(image, got);
            Assert.True(
                shape.SequenceEqual(image.Shape) && got.SequenceEqual(pixels),
                $"seed {Seed + 1} case {number}: {image.Kind} {typeof(T).Name} {string.Join('x', shape)}"
            );
        }
    }

    private static long[] Shape(SeededRandom random) => Values(1 + random.Below(4), () => 1L + random.Below(13));

    private static T[] Values<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = next();
        }
        return values;
    }

    private static string Words(SeededRandom random, int longest) =>
        string.Concat(
            Enumerable
                .Range(0, random.Below(longest))
                .Select(_ =>
                    (char)(
                        random.Below(8) == 0 ? '\''
                        : random.Below(6) == 0 ? '&'
                        : ' ' + random.Below(95)
                    )
                )
        );
}
