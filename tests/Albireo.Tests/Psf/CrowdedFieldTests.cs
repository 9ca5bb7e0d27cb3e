using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Psf;
using Albireo.Tests.Detection;
using Albireo.Tests.Support;

namespace Albireo.Tests.Psf;

public class CrowdedFieldTests
{
    private const ulong PeerSeed = 61;

    [Fact]
    public void Fluxes_of_isolated_stars_are_true_within_their_errors()
    {
        StarField field = CrowdedFields.Isolated(860, 22, seed: 57);
        CrowdedFieldResult result = CrowdedFields.Measure(field, []);
        List<(double Pull, bool IsSpoiled)> pulls = CrowdedFields.Pulls(field, result.Stars);
        // Fluxes count on the scale of the profile's own light, good to half a percent: it is the same for all.
        double scale = Ratio(field, result.Stars);
        List<(double Pull, bool IsSpoiled)> scaled = CrowdedFields.Pulls(
            field,
            [.. result.Stars.Select(s => s with { Flux = s.Flux / scale, FluxError = s.FluxError / scale })]
        );
        double width = CrowdedFields.Width(scaled.Select(p => p.Pull));
        string seen =
            $"seed 57: {pulls.Count} of {field.Stars.Count} stars, {result.Stars.Count} measured, width {width:F3}, scale {scale:F4}";
        TestContext.Current.TestOutputHelper?.WriteLine(seen);
        Assert.True(pulls.Count > 1000 && pulls.Count >= 0.98 * result.Stars.Count, seen);
        Assert.InRange(width, 0.95, 1.05);
        Assert.All(result.Stars, s => Assert.Equal(PsfOutcome.Fitted, s.Outcome));
        // The light of the wings beyond the profile's grid is the star's too.
        Assert.InRange(scale, 0.99, 1.01);
        Assert.True(result.ProfileStars >= 100, seen);
    }

    [Fact]
    public void In_a_very_crowded_field_only_companions_that_nobody_sees_widen_the_pulls()
    {
        StarField field = CrowdedFields.Crowded(440, 1110, seed: 58); // a star on every 25 seeing discs
        CrowdedFieldResult result = CrowdedFields.Measure(field, []);
        List<(double Pull, bool IsSpoiled)> pulls = CrowdedFields.Pulls(field, result.Stars);
        double all = CrowdedFields.Width(pulls.Select(p => p.Pull));
        double clean = CrowdedFields.Width(pulls.Where(p => !p.IsSpoiled).Select(p => p.Pull));
        string seen =
            $"seed 58: {pulls.Count} of {field.Stars.Count} stars, {result.Stars.Count} measured, {result.Hidden} hidden; width {all:F3}, {clean:F3} without the {pulls.Count(p => p.IsSpoiled)} spoiled";
        TestContext.Current.TestOutputHelper?.WriteLine(seen);
        Assert.True(pulls.Count > 0.7 * field.Stars.Count, seen);
        Assert.True(all < 1.3, seen);
        Assert.True(clean is > 0.9 and < 1.1, seen);
        Assert.True(result.Hidden > 50, seen);
        Assert.True(result.Stars.Count(s => s.Outcome != PsfOutcome.Fitted) <= 0.01 * result.Stars.Count, seen);
        // Nothing but noise is left: the sky's and the read-out's.
        Assert.InRange(CrowdedFields.Width(result.Residual.Pixels.ToArray().Select(v => (double)v)), 14, 16);
    }

    [Fact]
    public void With_all_places_given_the_errors_hold_even_where_two_stars_are_one()
    {
        StarField field = CrowdedFields.Crowded(300, 700, seed: 59);
        PixelPosition[] given = [.. field.Stars.Select(s => new PixelPosition(s.X, s.Y)), new(double.NaN, 4), new(-9, 4)];
        CrowdedFieldResult result = CrowdedFields.Measure(field, [.. given, given[3]]);
        double[] pulls = [.. field.Stars.Select((s, i) => (result.Stars[i].Flux - s.Flux) / result.Stars[i].FluxError)];
        Assert.InRange(CrowdedFields.Width(pulls), 0.9, 1.1);
        Assert.Equal(PsfOutcome.Outside, result.Stars[700].Outcome);
        Assert.Equal(PsfOutcome.Outside, result.Stars[701].Outcome);
        Assert.Equal(result.Stars[3], result.Stars[702]);
    }

    [Fact]
    public void No_worse_than_photutils_with_the_true_profile()
    {
        StarField field = PeerField();
        CrowdedFieldResult result = CrowdedFields.Measure(field, []);
        int[] match = CrowdedFields.Match(field, [.. result.Stars.Select(s => (s.X, s.Y, s.Flux))]);
        ReferenceRow[] rows = [.. Reference.Rows("crowded_field.csv")];
        Assert.Equal(field.Stars.Count, rows.Length);
        double scale = Ratio(field, result.Stars);
        foreach (string peer in (string[])["basic", "iterative"])
        {
            (List<double> ours, List<double> theirs) = ([], []);
            for (int k = 0; k < rows.Length; k++)
            {
                double truth = field.Stars[k].Flux;
                Assert.Equal(truth, rows[k]["truth"], 0.001);
                if (match[k] >= 0 && double.IsFinite(rows[k][peer]) && truth > 1500)
                {
                    ours.Add(result.Stars[match[k]].Flux / scale / truth);
                    theirs.Add(rows[k][peer] / truth);
                }
            }
            (int found, int theirFound) = (match.Count(m => m >= 0), rows.Count(r => double.IsFinite(r[peer])));
            (double scatter, double theirScatter) = (CrowdedFields.Width(ours), CrowdedFields.Width(theirs));
            string seen =
                $"found {found}, {peer} {theirFound}; scatter of the {ours.Count} that both found above 1500: {scatter:F4}, {theirScatter:F4}";
            TestContext.Current.TestOutputHelper?.WriteLine(seen);
            Assert.True(found >= theirFound && scatter <= theirScatter && ours.Count > 40, seen);
        }
    }

    [Fact]
    public void Write_field_for_peers()
    {
        string? folder = Environment.GetEnvironmentVariable("ALBIREO_FIELDS_EXPORT");
        Assert.SkipUnless(folder is not null, "set ALBIREO_FIELDS_EXPORT to a folder to write the field that photutils is run on");
        CrowdedFields.Export(Path.Combine(folder, "crowd.fits"), PeerField());
    }

    [Fact]
    public void Without_a_star_there_is_no_profile()
    {
        var image = new Image(100, 100);
        image.Pixels.Fill(5);
        BackgroundMap background = BackgroundMesh.Measure(image, null, new BackgroundOptions());
        Assert.Null(CrowdedField.Measure(image, null, double.NaN, [], background, [], new CrowdedFieldOptions()));
    }

    [Fact]
    public void The_same_bits_come_out_whatever_runs_the_bands()
    {
        StarField field = CrowdedFields.Crowded(200, 150, seed: 60);
        BackgroundMap background = BackgroundMesh.Measure(field.Image, null, new BackgroundOptions());
        Source[] sources = SegmentFinder.Find(field.Image, background, null, null, double.NaN, new DetectionOptions());
        CrowdedFieldResult? Run(BandRunner runner) =>
            CrowdedField.Measure(
                field.Image,
                null,
                double.NaN,
                sources,
                background,
                [],
                new CrowdedFieldOptions { Gain = CrowdedFields.Gain },
                runner
            );
        CrowdedFieldResult? serial = Run(BandRunner.Serial);
        CrowdedFieldResult? reverse = Run(new ReverseRunner());
        Assert.Equal(serial!.Stars, reverse!.Stars);
        Assert.Equal(serial.Residual.Pixels.ToArray(), reverse.Residual.Pixels.ToArray());
    }

    private static StarField PeerField() => CrowdedFields.Crowded(200, 170, PeerSeed);

    private static double Ratio(StarField field, IReadOnlyList<PsfStar> stars)
    {
        int[] match = CrowdedFields.Match(field, [.. stars.Select(s => (s.X, s.Y, s.Flux))]);
        double[] ratios =
        [
            .. match
                .Select((m, k) => (m, k))
                .Where(p => p.m >= 0 && field.Stars[p.k].Flux > 5000)
                .Select(p => stars[p.m].Flux / field.Stars[p.k].Flux)
                .Order(),
        ];
        return ratios[ratios.Length / 2];
    }
}
