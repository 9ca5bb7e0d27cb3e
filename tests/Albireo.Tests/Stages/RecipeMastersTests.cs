using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>Masters of a small night in every recipe with <c>compat</c>, whole files through the whole stage, against numpy.</summary>
public sealed class RecipeMastersTests : IDisposable
{
    private static readonly string Night = Path.Combine(Repository.Root, "reference", "recipes", "night");
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("schmidt", "schmidt", "bias flat_R")]
    [InlineData("schmidt", "schmidt-window", "bias flat_R", "masters.flat.region=5:15,4:14")]
    [InlineData("prose", "prose", "bias dark_1s flat_R")]
    [InlineData("mcdonald", "mcdonald", "dark_10s dark_3s flat_R")]
    [InlineData("photlib", "photlib", "bias dark_10s dark_3s flat_R")]
    [InlineData("lulin", "lulin", "dark_10s dark_3s flat_R")]
    public void Masters_equal_numpy(string recipe, string reference, string names, params string[] settings)
    {
        Masters masters = MasterRun.Of(Night, scratch.Path, recipe, ["compat=true", .. settings]).Masters;
        Assert.Empty(masters.Unusable);
        foreach (string name in names.Split(' '))
        {
            Master master = Assert.Single(masters.All, m => m.Name == name + ".fits");
            double[] expected = Values(reference, name);
            // Relative to the value or, where a dark is nearly 0, to the noise of a dark of this camera.
            double noise = name.StartsWith("flat", StringComparison.Ordinal) ? 0 : 0.1;
            Assert.Equal(expected.Length, master.Image.Pixels.Length);
            for (int p = 0; p < expected.Length; p++)
            {
                double off = Math.Abs(master.Image.Pixels[p] - expected[p]) / Math.Max(Math.Abs(expected[p]), noise);
                Assert.True(off <= 1e-6, $"{recipe} {name}, pixel {p}: {master.Image.Pixels[p]}, numpy {expected[p]}");
            }
        }
    }

    [Theory]
    [InlineData("schmidt")]
    [InlineData("prose")]
    [InlineData("mcdonald")]
    [InlineData("photlib")]
    [InlineData("lulin")]
    public void Without_compat_the_flat_is_the_same_within_its_noise(string recipe)
    {
        Master right = Flat(MasterRun.Of(Night, scratch.At("right"), recipe, []).Masters);
        Master standard = Flat(MasterRun.Of(Night, scratch.At("standard"), RecipeFile.Default, []).Masters);
        double level = right.Image.Pixels.ToArray().Zip(standard.Image.Pixels.ToArray(), (a, b) => (double)a / b).Average();
        for (int p = 0; p < 360; p++)
        {
            // Photon noise of 10⁵ counts at a gain of 2; the systems' normalisations differ in level only.
            Assert.Equal(level, right.Image.Pixels[p] / standard.Image.Pixels[p], 0.02);
        }
    }

    internal static Master Flat(Masters masters) => Assert.Single(masters.All, m => m.Name == "flat_R.fits");

    private static double[] Values(string recipe, string master) =>
        [
            .. Reference
                .Rows("recipe_masters.csv")
                .Single(r => r.Text("recipe") == recipe && r.Text("master") == master)
                .Text("values")
                .Split(';')
                .Select(double.Parse),
        ];
}
