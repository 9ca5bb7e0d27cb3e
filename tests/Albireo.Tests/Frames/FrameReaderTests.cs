using System.IO.Compression;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Science.Images;
using Albireo.Tests.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Frames;

public sealed class FrameReaderTests : IDisposable
{
    private const int Side = 300;

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Each step back inflates the file again from its beginning, so bands must not be read in any order by several threads.</summary>
    [Theory]
    [InlineData(100_000, true)]
    [InlineData(1 << 20, false)]
    public void A_gzipped_picture_beyond_what_is_kept_inflated_is_read_from_front_to_back(long kept, bool isSequential)
    {
        float[] pixels = [.. Enumerable.Range(0, Side * Side).Select(i => (i * 7919 % 10007) - 0.5f)];
        string path = folder.At("picture.fits");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddImage<float>(null, [Side, Side], pixels);
            output.Commit();
        }
        using (FileStream plain = File.OpenRead(path))
        using (var packed = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest))
        {
            plain.CopyTo(packed);
        }

        using FitsFile file = FitsFile.Open(path + ".gz", new FitsReadOptions { MaxBufferedBytes = kept });
        var backwards = new Backwards();
        Image image = FrameReader.Picture(file.FirstImage(), backwards);

        Assert.Equal(isSequential, file.FirstImage().IsSequential);
        Assert.Equal(isSequential, backwards.Bands == 0);
        Assert.Equal(pixels, image.Pixels.ToArray());
        using FitsFile whole = FitsFile.Open(path);
        Assert.False(whole.FirstImage().IsSequential);
    }

    private sealed class Backwards : BandRunner
    {
        public int Bands { get; private set; }

        protected override void RunBands(int count, Action<int> band)
        {
            Bands = count;
            for (int i = count - 1; i >= 0; i--)
            {
                band(i);
            }
        }
    }
}
