using Albireo.Pipeline;
using Albireo.Pipeline.Options;

namespace Albireo.Tests.Options;

public sealed class RecipeBinderTests
{
    [Fact]
    public void Nothing_set_gives_the_defaults()
    {
        Assert.Equal(new Recipe().Measure.AnnulusInner, RecipeBinder.Bind([]).Measure.AnnulusInner);
    }

    [Fact]
    public void Later_settings_win()
    {
        Recipe recipe = RecipeBinder.Bind([
            new("measure.annulus-inner", ["5"], "recipe"),
            Setting.Parse("measure.annulus-inner=6.5", "--set"),
        ]);
        Assert.Equal(6.5, recipe.Measure.AnnulusInner);
    }

    [Fact]
    public void Lists_words_and_missing_values_bind()
    {
        Recipe recipe = RecipeBinder.Bind([
            Setting.Parse("measure.radii=3,4,5.5", "--set"),
            Setting.Parse("measure.radius-unit=pixels", "--set"),
            Setting.Parse("detector.gain=1.3", "--set"),
            Setting.Parse("compat=true", "--set"),
        ]);
        Assert.Equal([3, 4, 5.5], recipe.Measure.Radii);
        Assert.Equal(RadiusUnit.Pixels, recipe.Measure.RadiusUnit);
        Assert.Equal(1.3, recipe.Detector.Gain);
        Assert.True(recipe.Compat);
        Assert.Null(RecipeBinder.Bind([Setting.Parse("detector.gain=none", "--set")]).Detector.Gain);
    }

    [Theory]
    [InlineData("measure.radi=3", "--set", "did you mean measure.radii?")]
    [InlineData("measure.radii=three", "--set", "expected a number")]
    [InlineData("measure.radii=", "--set", "at least one")]
    [InlineData("measure.radii=-3", "--set", "above 0")]
    [InlineData("measure.radius-unit=furlongs", "--set", "expected one of pixels, frame-fwhm, reference-fwhm")]
    [InlineData("measure=3", "--set", "group of options")]
    [InlineData("compat=perhaps", "--set", "true or false")]
    [InlineData("curve.exclude=5,4", "--set", "the earlier one first")]
    [InlineData("detect.stars.threshold-sigma=0", "--set", "above 0")]
    public void A_wrong_setting_is_a_sentence_with_its_source(string text, string source, string expected)
    {
        var e = Assert.Throws<AlbireoException>(() => RecipeBinder.Bind([Setting.Parse(text, source)]));
        Assert.Equal(Failure.Usage, e.Failure);
        Assert.StartsWith(source, e.Message);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void A_recipe_file_is_a_tree_of_the_same_keys()
    {
        IReadOnlyList<Setting> settings = RecipeFile.Read(
            new StringReader("measure:\n  radii: [2, 3]\n  sky: median\ncompat: true\n"),
            "mine.yaml"
        );
        Recipe recipe = RecipeBinder.Bind(settings);
        Assert.Equal([2, 3], recipe.Measure.Radii);
        Assert.True(recipe.Compat);
        Assert.Equal(["mine.yaml, line 2", "mine.yaml, line 3", "mine.yaml, line 4"], settings.Select(s => s.Source));
    }

    [Fact]
    public void Every_key_of_the_defaults_can_be_set_to_its_default()
    {
        string[] keys = [.. RecipeBinder.Keys()];
        Assert.Contains("measure.radii", keys);
        Assert.True(keys.Length > 20);
        Assert.All(keys, k => Assert.Matches("^[a-z0-9-]+(\\.[a-z0-9-]+)*$", k));
    }
}
