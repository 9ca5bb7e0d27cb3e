using Albireo.Pipeline.Options;

namespace Albireo.Pipeline.Stages;

/// <summary>What <c>albireo find</c> is asked for.</summary>
public sealed record FindRequest
{
    public required string File { get; init; }

    /// <summary>The table: .csv, .fits or .ecsv.</summary>
    public required string Output { get; init; }

    /// <summary>Where level and noise of the background go, or null.</summary>
    public string? BackgroundOutput { get; init; }
    public FindMethod? Method { get; init; }

    /// <summary>Of the method that is used, in σ; null: as the settings say.</summary>
    public double? ThresholdSigma { get; init; }
    public double? FwhmPixels { get; init; }
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>The settings that the request comes to: all stars are kept unless one of them says otherwise.</summary>
    public Recipe Recipe()
    {
        Recipe recipe = Bound(Settings);
        if (ThresholdSigma is null && FwhmPixels is null)
        {
            return recipe;
        }
        List<Setting> all = [.. Settings];
        string group = recipe.Detect.Method switch
        {
            FindMethod.Iraf => "iraf",
            FindMethod.Dao => "dao",
            FindMethod.Peaks => "peaks",
            FindMethod.Segments => "stars",
        };
        if (ThresholdSigma is { } threshold)
        {
            all.Add(new Setting($"detect.{group}.threshold-sigma", [CsvNumber(threshold)], "--threshold"));
        }
        if (FwhmPixels is { } fwhm)
        {
            // Peaks are found without a width; the shapes of what they find start from it.
            string key = group is "iraf" or "dao" ? $"detect.{group}.fwhm-pixels" : "detect.stars.kernel-fwhm-pixels";
            all.Add(new Setting(key, [CsvNumber(fwhm)], "--fwhm"));
        }
        return Bound(all);
    }

    private Recipe Bound(IReadOnlyList<Setting> settings)
    {
        Recipe all = new();
        all = all with { Detect = all.Detect with { Stars = all.Detect.Stars with { MaximumStars = 0 } } };
        Recipe bound = RecipeBinder.Bind(settings, over: all);
        return Method is { } method ? bound with { Detect = bound.Detect with { Method = method } } : bound;
    }

    private static string CsvNumber(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
