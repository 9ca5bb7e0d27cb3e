using System.Text.Json;
using System.Text.Json.Nodes;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Science.Photometry;

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

    /// <summary>Every word of every option that takes words, as it is set and as run.json keeps it.</summary>
    [Fact]
    public void Every_word_of_every_option_binds_and_comes_back()
    {
        int words = 0;
        foreach (string key in RecipeBinder.Keys())
        {
            var refused = Assert.Throws<AlbireoException>(() =>
                RecipeBinder.Bind([new Setting(key, ["no such word"], "--set"), Setting.Parse("no.such=1", "--set")])
            );
            const string mark = "expected one of ";
            int at = refused.Message.IndexOf(mark, StringComparison.Ordinal);
            foreach (string word in at < 0 ? [] : refused.Message[(at + mark.Length)..].TrimEnd('.').Split(", "))
            {
                JsonNode? kept = RecipeBinder.ToTree(RecipeBinder.Bind([new Setting(key, [word], "--set")]));
                foreach (string part in key.Split('.'))
                {
                    kept = kept![part];
                }
                Assert.Equal(word, (string?)kept);
                words++;
            }
        }
        Assert.True(words > 20, $"only {words} words");
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
    public void A_map_below_compat_counts_only_where_compat_is_true()
    {
        IReadOnlyList<Setting> settings = RecipeFile.Read(
            new StringReader("compat:\n  measure:\n    sky: mode\nmeasure:\n  sky: median\n"),
            "mine.yaml"
        );
        Assert.Equal(SkyEstimator.Median, RecipeBinder.Bind(settings).Measure.Sky);
        Assert.Equal(SkyEstimator.Mode, RecipeBinder.Bind([.. settings, Setting.Parse("compat=true", "--set")]).Measure.Sky);
        // --set has the last word, and may take compat back.
        Setting[] set = [Setting.Parse("compat=true", "--set"), Setting.Parse("measure.sky=mean", "--set")];
        Assert.Equal(SkyEstimator.Mean, RecipeBinder.Bind([.. settings, .. set]).Measure.Sky);
        Assert.Equal(SkyEstimator.Median, RecipeBinder.Bind([.. settings, set[0], Setting.Parse("compat=false", "--set")]).Measure.Sky);
    }

    [Fact]
    public void A_recipe_can_ask_for_compat_itself()
    {
        IReadOnlyList<Setting> settings = RecipeFile.Read(
            new StringReader("compat: true\n---\ncompat:\n  measure:\n    sky: mode\n"),
            "mine.yaml"
        );
        Assert.Equal(SkyEstimator.Mode, RecipeBinder.Bind(settings).Measure.Sky);
    }

    [Theory]
    [InlineData("compat:\n  measure:\n    skye: mode\n", "unknown option compat.measure.skye; did you mean compat.measure.sky?")]
    [InlineData("compat:\n  measure:\n    sky: mood\n", "compat.measure.sky = mood; expected one of")]
    [InlineData("compat:\n  compat: true\n  measure:\n    sky-clip-sigma: x\n", "expected a number")]
    public void What_is_wrong_below_compat_is_an_error_even_without_it(string yaml, string expected)
    {
        var e = Assert.Throws<AlbireoException>(() => RecipeBinder.Bind(RecipeFile.Read(new StringReader(yaml), "mine.yaml")));
        Assert.Equal(Failure.Usage, e.Failure);
        Assert.StartsWith("mine.yaml, line ", e.Message);
        Assert.Contains(expected, e.Message);
    }

    public static TheoryData<string> BuiltIn => [.. RecipeFile.BuiltIn];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Every_built_in_recipe_binds_with_and_without_compat(string name)
    {
        IReadOnlyList<Setting> settings = RecipeFile.Load(name);
        Assert.False(RecipeBinder.Bind(settings).Compat);
        Assert.True(RecipeBinder.Bind([.. settings, Setting.Parse("compat=true", "--set")]).Compat);
        Assert.Equal(name == RecipeFile.Default, settings.Count == 0);
    }

    [Fact]
    public void Every_key_of_the_defaults_can_be_set_to_its_default()
    {
        string[] keys = [.. RecipeBinder.Keys()];
        Assert.Contains("measure.radii", keys);
        Assert.True(keys.Length > 20);
        Assert.All(keys, k => Assert.Matches("^[a-z0-9-]+(\\.[a-z0-9-]+)*$", k));
    }

    [Fact]
    public void A_recipe_written_as_yaml_reads_back_the_same()
    {
        foreach (string name in RecipeFile.BuiltIn)
        {
            Recipe recipe = RecipeBinder.Bind([
                .. RecipeFile.Load(name),
                Setting.Parse("compat=true", "--set"),
                Setting.Parse("fit.name=it's: a # b", "--set"),
            ]);
            foreach (bool withDefaults in (bool[])[false, true])
            {
                string yaml = RecipeFile.Write(recipe, withDefaults);
                Recipe again = RecipeBinder.Bind(RecipeFile.Read(new StringReader(yaml), "round trip"));
                Assert.True(JsonNode.DeepEquals(RecipeBinder.ToTree(recipe), RecipeBinder.ToTree(again)), $"{name}\n{yaml}");
            }
        }
        Assert.Equal("", RecipeFile.Write(new Recipe()));
    }

    /// <summary>Against the properties themselves, called one by one: the tree is read from their fields.</summary>
    [Fact]
    public void The_tree_of_a_recipe_has_every_property_with_its_value_and_nothing_else()
    {
        Recipe recipe = RecipeBinder.Bind([
            Setting.Parse("measure.radii=3,4.5", "test"),
            Setting.Parse("calibrate.flip=up-down", "test"),
            Setting.Parse("calibrate.overscan.method=none", "test"),
            Setting.Parse("calibrate.overscan.degree=2", "test"),
            Setting.Parse("detector.gain=1.5", "test"),
        ]);
        foreach (Recipe each in (Recipe[])[recipe, new Recipe()])
        {
            Assert.Equal(Properties(each)!.ToJsonString(), RecipeBinder.ToTree(each).ToJsonString());
        }

        static JsonNode? Properties(object? value) =>
            value switch
            {
                null => null,
                Enum word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()),
                string or bool or int or double or System.Collections.IEnumerable => JsonSerializer.SerializeToNode(value, value.GetType()),
                _ => new JsonObject(
                    value
                        .GetType()
                        .GetProperties()
                        .Select(p =>
                            KeyValuePair.Create(JsonNamingPolicy.KebabCaseLower.ConvertName(p.Name), Properties(p.GetValue(value)))
                        )
                ),
            };
    }

    [Fact]
    public void Binding_leaves_what_it_started_from_as_it_was()
    {
        Recipe before = RecipeBinder.Bind([
            Setting.Parse("masters.dark.clip-frames=true", "test"),
            Setting.Parse("measure.radii=3,4", "test"),
        ]);
        string text = RecipeBinder.ToTree(before).ToJsonString();
        Recipe after = RecipeBinder.Bind([Setting.Parse("calibrate.overscan.degree=7", "test")], over: before);
        Assert.Equal(text, RecipeBinder.ToTree(before).ToJsonString());
        Assert.Equal(7, after.Calibrate.Overscan.Degree);
        Assert.Equal([3, 4], after.Measure.Radii);
    }

    [Fact]
    public void Every_setting_must_be_a_right_one_even_if_another_takes_its_place()
    {
        var e = Assert.Throws<AlbireoException>(() =>
            RecipeBinder.Bind([new("masters.sigma", ["-1"], "mine.yaml, line 3"), Setting.Parse("masters.sigma=3", "--set")])
        );
        Assert.StartsWith("mine.yaml, line 3: masters.sigma = -1: ", e.Message);
    }
}
