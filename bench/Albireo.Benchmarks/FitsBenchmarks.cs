using Albireo.Fits;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>Reading 16-bit frames beside a copy of the same bytes, and decoding Rice tiles beside the plain frame.</summary>
[MemoryDiagnoser]
public class FitsBenchmarks
{
    private const int Side = 2048;

    private readonly float[] floats = new float[Side * Side];
    private readonly byte[] copy = new byte[Side * Side * 2];
    private string folder = "";
    private byte[] plain = [];
    private byte[] packed = [];
    private byte[] other = [];

    [GlobalSetup]
    public void Write()
    {
        folder = Directory.CreateTempSubdirectory("albireo-bench-").FullName;
        var pixels = new ushort[Side * Side];
        uint state = 1;
        for (int i = 0; i < pixels.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            pixels[i] = (ushort)(1000 + (state >> 27)); // five bits of noise, as of a sky background
        }
        using (FitsOutput output = FitsOutput.Create(Path.Combine(folder, "plain.fits")))
        {
            output.AddImage(null, [Side, Side], pixels);
            output.Commit();
        }
        using (FitsOutput output = FitsOutput.Create(Path.Combine(folder, "packed.fits.fz")))
        {
            output.AddCompressedImage(null, [Side, Side], pixels);
            output.Commit();
        }
        plain = File.ReadAllBytes(Path.Combine(folder, "plain.fits"));
        packed = File.ReadAllBytes(Path.Combine(folder, "packed.fits.fz"));
        other = [.. plain];
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(folder, recursive: true);

    /// <summary>The bytes alone.</summary>
    [Benchmark(Baseline = true)]
    public void CopyBytes() => other.AsSpan(0, copy.Length).CopyTo(copy);

    /// <summary>The definition, pixel by pixel.</summary>
    [Benchmark]
    public void ScalarUInt16() => FloatPixels.DecodeScalar(plain.AsSpan(2880), 16, new PixelScaling(1, 32768, null), floats);

    [Benchmark]
    public void UInt16FromMemory() => Read(FitsFile.Open(plain, "plain"));

    [Benchmark]
    public void UInt16FromFile() => Read(FitsFile.Open(Path.Combine(folder, "plain.fits")));

    [Benchmark]
    public void RiceFromMemory() => Read(FitsFile.Open(packed, "packed"));

    [Benchmark]
    public void Unpack()
    {
        using FitsFile file = FitsFile.Open(packed, "packed");
        using FitsOutput output = FitsOutput.Create(Path.Combine(folder, "unpacked.fits"));
        FitsPacking.Unpack(file, output);
        output.Commit();
    }

    [Benchmark]
    public uint Checksum() => FitsChecksum.Add(0, plain);

    private void Read(FitsFile opened)
    {
        using FitsFile file = opened;
        file.FirstImage().ReadRows(0, Side, floats);
    }
}
