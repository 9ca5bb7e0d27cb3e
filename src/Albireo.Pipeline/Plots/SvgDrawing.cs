namespace Albireo.Pipeline.Plots;

/// <summary>A drawing made once, for a file of its own and for a page that holds the style sheet already.</summary>
/// <param name="Head">The opening tag, title and description.</param>
/// <param name="Body">All that is drawn, to the closing tag.</param>
internal sealed record SvgDrawing(string Head, string Body)
{
    /// <summary>A whole SVG file.</summary>
    public string File => $"{Head}<style>\n{SvgStyle.Css.TrimEnd('\n')}\n</style>\n{Body}";
}
