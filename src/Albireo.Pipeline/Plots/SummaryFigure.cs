namespace Albireo.Pipeline.Plots;

/// <summary>A night on one sheet: the field beside the profile, the curve across, the systematics below.</summary>
public static class SummaryFigure
{
    /// <param name="title">Target and night.</param>
    /// <param name="subtitle">Filter, instrument, the result in a line; or null.</param>
    /// <param name="finder">The field or a part of it around the target.</param>
    /// <param name="profile">The radial profile.</param>
    /// <param name="curve">The light curve.</param>
    /// <param name="systematics">The systematics, or null.</param>
    public static FigureSheet Build(string title, string? subtitle, Figure finder, Figure profile, Figure curve, Figure? systematics)
    {
        IReadOnlyList<IReadOnlyList<Figure>> rows =
        [
            [finder with { Width = 500 }, profile with { Width = 500 }],
            [curve with { Width = 1000 }],
        ];
        return new FigureSheet
        {
            Title = title,
            Subtitle = subtitle,
            Rows = systematics is null ? rows : [.. rows, [systematics with { Width = 1000 }]],
        };
    }
}
