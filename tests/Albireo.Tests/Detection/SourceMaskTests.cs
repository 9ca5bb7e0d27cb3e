using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Detection;

/// <summary>Masks and segmented peaks against photutils and scikit-image (reference/source_mask.py).</summary>
public class SourceMaskTests
{
    [Fact]
    public void Mask_is_that_of_photutils()
    {
        Image image = PhotutilsFindersTests.Picture();
        int compared = 0;
        foreach (var group in Reference.Rows("source_mask.csv").GroupBy(r => (r["nsigma"], r["npixels"], r["dilate_size"])))
        {
            bool[] mask = SourceMask.Make(
                image,
                new SourceMaskOptions
                {
                    ThresholdSigma = group.Key.Item1,
                    MinimumPixels = (int)group.Key.Item2,
                    DilationPixels = (int)group.Key.Item3,
                }
            );
            foreach (ReferenceRow row in group)
            {
                byte[] bits = Convert.FromHexString(row.Text("bits"));
                for (int x = 0; x < image.Width; x++)
                {
                    bool expected = (bits[x / 8] & (128 >> (x % 8))) != 0;
                    Assert.True(expected == mask[((int)row["row"] * image.Width) + x], $"{group.Key}: ({x}, {row["row"]})");
                    compared++;
                }
            }
        }
        Assert.Equal(3 * 120 * 90, compared);
    }

    [Fact]
    public void Peaks_are_those_of_scikit_image()
    {
        Image image = PhotutilsFindersTests.Picture();
        foreach (ref float pixel in image.Pixels)
        {
            pixel += 300;
        }
        ReferenceRow[] all = [.. Reference.Rows("segmented_peaks.csv")];
        foreach (bool withoutHoles in (bool[])[false, true])
        {
            ReferenceRow[] rows =
            [
                .. all.Where(r => r["area"] > 3 && r["minor"] > 2 && (!withoutHoles || r["euler"] == 1)).OrderBy(r => r["x"]),
            ];
            SegmentedPeak[] peaks = SegmentedPeaks.Find(image, new SegmentedPeaksOptions { WithoutHoles = withoutHoles });
            Assert.Equal(peaks.OrderByDescending(p => p.Peak), peaks);
            peaks = [.. peaks.OrderBy(p => p.X)];
            Assert.True(rows.Length > 20);
            Assert.Equal(rows.Length, peaks.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(rows[i]["x"], peaks[i].X, 1e-8);
                Assert.Equal(rows[i]["y"], peaks[i].Y, 1e-8);
                Assert.Equal(rows[i]["peak"], peaks[i].Peak);
                Assert.Equal(rows[i]["area"], peaks[i].PixelCount);
                Assert.Equal(rows[i]["major"], peaks[i].MajorAxisPixels, 1e-8);
                Assert.Equal(rows[i]["minor"], peaks[i].MinorAxisPixels, 1e-8);
            }
        }
        SegmentedPeak[] apart = SegmentedPeaks.Find(image, new SegmentedPeaksOptions { MinimumSeparationPixels = 25, MaximumStars = 12 });
        Assert.InRange(apart.Length, 3, 11);
    }

    [Fact]
    public void A_ring_has_a_hole()
    {
        var image = new Image(40, 40);
        for (int i = 0; i < 360; i++)
        {
            image[20 + (int)Math.Round(8 * Math.Cos(i)), 20 + (int)Math.Round(8 * Math.Sin(i))] = 100;
        }
        Assert.Empty(SegmentedPeaks.Find(image, new SegmentedPeaksOptions()));
        Assert.Single(SegmentedPeaks.Find(image, new SegmentedPeaksOptions { WithoutHoles = false }));
    }

    [Fact]
    public void Pictures_of_nothing_are_not_masked()
    {
        var nan = new Image(20, 10);
        nan.Pixels.Fill(float.NaN);
        Assert.DoesNotContain(true, SourceMask.Make(nan, new SourceMaskOptions()));
        Assert.DoesNotContain(true, SourceMask.Make(new Image(20, 10), new SourceMaskOptions()));
        Assert.Empty(SegmentedPeaks.Find(nan, new SegmentedPeaksOptions()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SourceMaskOptions { DilationPixels = 4 });
    }
}
