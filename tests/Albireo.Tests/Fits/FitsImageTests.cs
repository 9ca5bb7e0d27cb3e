using Albireo.Fits;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Fits;

public sealed class FitsImageTests
{
    [Fact]
    public void Every_pixel_type_reads_back_as_it_was_written()
    {
        Check<byte>(i => (byte)(i * 7), FitsPixelType.Byte);
        Check<sbyte>(i => (sbyte)((i * 7) - 128), FitsPixelType.SByte);
        Check<short>(i => (short)((i * 977) - 32768), FitsPixelType.Int16);
        Check<ushort>(i => (ushort)(i * 977), FitsPixelType.UInt16);
        Check<int>(i => (i * 12345677) - 5, FitsPixelType.Int32);
        Check<uint>(i => (uint)i * 123456789u, FitsPixelType.UInt32);
        Check<long>(i => (i * 1234567890123456789L) - 5, FitsPixelType.Int64);
        Check<ulong>(i => (ulong)i * 1234567890123456789UL, FitsPixelType.UInt64);
    }

    [Fact]
    public void Floating_pixels_keep_their_bits()
    {
        using var folder = new TemporaryFolder();
        float[] singles = [1.5f, float.NaN, float.PositiveInfinity, -0f, float.Epsilon, 1e38f];
        double[] doubles = [1.5, double.NaN, double.NegativeInfinity, -0d, double.Epsilon, 1e308];
        using (FitsOutput output = FitsOutput.Create(folder.File("a.fits")))
        {
            output.AddImage(null, [2, 3], singles);
            output.AddImage(null, [3, 2], doubles);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.File("a.fits"));
        var readSingles = new float[6];
        var readDoubles = new double[6];
        file.FirstImage().ReadRows(0, 2, readSingles);
        ((FitsImage)file.Hdu(1)).ReadRows(0, 3, readDoubles);
        Assert.Equal(singles.Select(BitConverter.SingleToInt32Bits), readSingles.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(doubles.Select(BitConverter.DoubleToInt64Bits), readDoubles.Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, -128)]
    [InlineData(16, 0)]
    [InlineData(16, 32768)]
    [InlineData(16, 100)]
    [InlineData(32, 0)]
    [InlineData(32, 2147483648)]
    [InlineData(64, 0)]
    [InlineData(64, 9223372036854775808)]
    [InlineData(-32, 0)]
    [InlineData(-64, 0)]
    public void Vector_decoding_equals_its_definition(int bitPix, double zero)
    {
        const ulong Seed = 11;
        var random = new SeededRandom(Seed);
        for (int length = 0; length <= 130; length++)
        {
            var bytes = new byte[length * Math.Abs(bitPix) / 8];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)random.Below(256);
            }
            foreach (long? blank in new long?[] { null, bitPix == 8 ? 17 : -2, 0 })
            {
                var scaling = new PixelScaling(1, zero, bitPix < 0 ? null : blank);
                var fast = new float[length];
                var slow = new float[length];
                FloatPixels.Decode(bytes, bitPix, scaling, fast);
                FloatPixels.DecodeScalar(bytes, bitPix, scaling, slow);
                Assert.Equal(slow.Select(BitConverter.SingleToInt32Bits), fast.Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    private static void Check<T>(Func<int, T> value, FitsPixelType type)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        using var folder = new TemporaryFolder();
        T[] pixels = [.. Enumerable.Range(0, 67 * 41).Select(value)];
        string path = folder.File("a.fits");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddImage(null, [41, 67], pixels);
            output.Commit();
        }
        Assert.Equal(["a.fits"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        foreach (FitsFile opened in new[] { FitsFile.Open(path), FitsFile.Open(File.ReadAllBytes(path), "memory") })
        {
            using FitsFile file = opened;
            FitsImage image = file.FirstImage();
            Assert.Equal(type, image.PixelType);
            Assert.Equal((67, 41), (image.Width, image.Height));
            var read = new T[pixels.Length];
            image.ReadRows(0, 41, read.AsSpan());
            Assert.Equal(pixels, read);
            var floats = new float[pixels.Length];
            image.ReadRows(0, 41, floats);
            Assert.Equal(pixels.Select(float.CreateTruncating), floats);
            var doubles = new double[67 * 3];
            image.ReadRows(5, 3, doubles);
            Assert.Equal(pixels.Skip(5 * 67).Take(3 * 67).Select(double.CreateTruncating), doubles);
            var region = new T[12];
            image.ReadRegion(60, 38, 4, 3, region.AsSpan());
            Assert.Equal(from y in Enumerable.Range(38, 3) from x in Enumerable.Range(60, 4) select pixels[(y * 67) + x], region);
            Assert.Empty(file.Warnings);
        }
    }
}
