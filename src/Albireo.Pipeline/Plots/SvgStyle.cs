namespace Albireo.Pipeline.Plots;

/// <summary>The look of every plot: one style sheet for dark, light and print.</summary>
internal static class SvgStyle
{
    public const double TitleSize = 15;
    public const double SubtitleSize = 12;
    public const double LabelSize = 12;
    public const double TickSize = 11;

    /// <summary>Class of a stroke in a colour.</summary>
    public static string Stroke(ColorSlot color) => "s-" + Name(color);

    /// <summary>Class of a filled shape in a colour.</summary>
    public static string Fill(ColorSlot color) => "f-" + Name(color);

    private static readonly (ColorSlot Slot, string Light, string Dark)[] Colors =
    [
        (ColorSlot.Ink, "#15181d", "#f2f4f7"),
        (ColorSlot.Blue, "#0072b2", "#4aa8e0"),
        (ColorSlot.Orange, "#e69f00", "#e69f00"),
        (ColorSlot.Green, "#009e73", "#1fbf92"),
        (ColorSlot.Sky, "#56b4e9", "#56b4e9"),
        (ColorSlot.Vermilion, "#d55e00", "#f07a24"),
        (ColorSlot.Purple, "#b8609a", "#cc79a7"),
        (ColorSlot.Yellow, "#c9b800", "#f0e442"),
        (ColorSlot.Muted, "#8a919c", "#8a93a0"),
        (ColorSlot.Target, "#ff5252", "#ff5252"),
        (ColorSlot.Comparison, "#22e0e6", "#22e0e6"),
        (ColorSlot.Check, "#ffe04a", "#ffe04a"),
        (ColorSlot.Faint, "#dfe4ea", "#dfe4ea"),
    ];

    /// <summary>The style sheet; the classes are scoped to <c>svg.fig</c>, so a page can hold it once for all of its plots.</summary>
    public static string Css { get; } = MakeCss();

    private static string Name(ColorSlot color) => color.ToString().ToLowerInvariant();

    private static string MakeCss()
    {
        string light = string.Concat(Colors.Select(c => Rules(c.Slot, c.Light)));
        string dark = string.Concat(
            Colors
                .Where(c => c.Light != c.Dark)
                .Select(c => "  " + Rules(c.Slot, c.Dark).Replace("\n", "\n  ", StringComparison.Ordinal).TrimEnd(' '))
        );
        return $$"""
                svg.fig { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
                svg.fig .bg { fill: #ffffff; }
                svg.fig .area { fill: #ffffff; }
                svg.fig .title { font-size: {{TitleSize}}px; font-weight: 600; fill: #15181d; }
                svg.fig .sub { font-size: {{SubtitleSize}}px; fill: #5c6470; }
                svg.fig .label { font-size: {{LabelSize}}px; fill: #2a2f37; }
                svg.fig .tick { font-size: {{TickSize}}px; fill: #4a515c; }
                svg.fig .note { font-size: {{TickSize}}px; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; paint-order: stroke; }
                svg.fig .over { font-size: {{TickSize}}px; font-weight: 600; stroke: #000000; stroke-opacity: 0.75; stroke-width: 3px; stroke-linejoin: round; paint-order: stroke; }
                svg.fig .shade { stroke: #000000; stroke-opacity: 0.35; fill: none; }
                svg.fig .axis { stroke: #9aa1ab; fill: none; }
                svg.fig .grid { stroke: #e9ebee; fill: none; }
                svg.fig .line { fill: none; stroke-linejoin: round; stroke-linecap: round; }
                svg.fig .dot { fill: none; stroke-linecap: round; }
                svg.fig .box { fill: none; stroke-linecap: square; }

                """
            + light
            + """
                @media screen and (prefers-color-scheme: dark) {
                  svg.fig .bg, svg.fig .area { fill: #14171c; }
                  svg.fig .title { fill: #f2f4f7; }
                  svg.fig .sub { fill: #a3abb7; }
                  svg.fig .label { fill: #d7dbe1; }
                  svg.fig .tick { fill: #b4bbc6; }
                  svg.fig .note { stroke: #14171c; }
                  svg.fig .axis { stroke: #5c6470; }
                  svg.fig .grid { stroke: #262b33; }

                """
            + dark
            + "}\n";
    }

    private static string Rules(ColorSlot slot, string color) =>
        $"svg.fig .{Stroke(slot)} {{ stroke: {color}; }}\nsvg.fig .{Fill(slot)} {{ fill: {color}; }}\n";
}
