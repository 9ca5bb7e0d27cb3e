using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Tests.Support;

namespace Albireo.Tests.Detection;

/// <summary>What is found of simulated fields, and what is found that is not there, against SExtractor at the same threshold.</summary>
public class CompletenessTests
{
    public static TheoryData<string> Fields => [.. PeerFields.Names];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Completeness_and_purity_are_no_worse_than_those_of_SExtractor(string name)
    {
        StarField field = PeerFields.Make(name);
        BackgroundMap background = BackgroundMesh.Measure(field.Image, null, new BackgroundOptions());
        // SExtractor's kernel of FWHM 2.5 is sampled at pixel centres; ours is integrated over pixels, which widens it by 1/12 in variance.
        const double Kernel = 2.41;
        double noiseFactor = new MatchedFilter(Kernel).NoiseFactor;
        ReferenceRow[] rows = [.. Reference.Rows("sextractor_fields.csv").Where(r => r.Text("field") == name)];
        Assert.NotEmpty(rows);
        foreach (ReferenceRow row in rows)
        {
            Assert.Equal(field.Stars.Count, row["stars"]);
            // SExtractor's threshold is in σ of the unfiltered background, ours in σ of the filtered one.
            var options = new DetectionOptions
            {
                ThresholdSigma = row["threshold"] / noiseFactor,
                MinimumPixels = (int)row["minarea"],
                KernelFwhmPixels = Kernel,
            };
            Source[] all = SegmentFinder.Find(field.Image, background, null, null, double.NaN, options);
            Source[] found = [.. all.Where(s => s.LooksLikeStar)];
            int matched = PeerFields.Matched(field, [.. found.Select(s => (s.X, s.Y))]);
            double completeness = (double)matched / field.Stars.Count;
            double purity = (double)matched / found.Length;
            double theirCompleteness = row["matched"] / row["stars"];
            double theirPurity = row["matched"] / row["found"];
            string figures =
                $"{name} at {row["threshold"]}σ: completeness {completeness:F4} (SExtractor {theirCompleteness:F4}), purity {purity:F4} ({theirPurity:F4})";
            TestContext.Current.TestOutputHelper?.WriteLine(figures);
            // One star's luck either way.
            Assert.True(completeness >= theirCompleteness - (1.01 / field.Stars.Count), figures);
            Assert.True(purity >= theirPurity - (1.01 / found.Length), figures);
        }
    }

    [Fact]
    public void Write_fields_for_peers()
    {
        string? folder = Environment.GetEnvironmentVariable("ALBIREO_FIELDS_EXPORT");
        Assert.SkipUnless(folder is not null, "set ALBIREO_FIELDS_EXPORT to a folder to write the fields that SExtractor is run on");
        PeerFields.Export(folder);
    }
}
