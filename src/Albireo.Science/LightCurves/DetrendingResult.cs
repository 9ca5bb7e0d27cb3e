namespace Albireo.Science.LightCurves;

/// <summary>A curve with its trends taken off.</summary>
public sealed record DetrendingResult
{
    /// <summary>The power taken of each term, in the order of the terms; 0 for a term that is not used.</summary>
    public required int[] Orders { get; init; }

    /// <summary>In words, such as <c>airmass + time^2</c>; <c>constant</c> for none.</summary>
    public required string Formula { get; init; }

    /// <summary>Light that the trends explain, at each point: model = trend × what was given as model. NaN where nothing was used.</summary>
    public required double[] Trend { get; init; }

    /// <summary>Flux over trend; about 1 outside of what was given as model.</summary>
    public required double[] Detrended { get; init; }

    /// <summary>Standard deviation of flux minus trend × model, over the level, of the points fitted.</summary>
    public required double ResidualScatter { get; init; }

    /// <summary>N ln(RSS / N) + k ln N.</summary>
    public required double Bic { get; init; }

    /// <summary>The same without any trend.</summary>
    public required double BicConstant { get; init; }

    /// <summary>Points that the trend was fitted to.</summary>
    public required int Points { get; init; }
}
