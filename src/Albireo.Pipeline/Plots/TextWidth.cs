namespace Albireo.Pipeline.Plots;

/// <summary>
/// How wide a text will be, from the advance widths of Helvetica and Arial (units of 1/1000 em), which the fonts of the plots' CSS
/// follow closely. Layout must not depend on which fonts a machine has.
/// </summary>
internal static class TextWidth
{
    // ' ' … '~'
    private static readonly short[] Widths =
    [
        .. new short[] { 278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278 },
        .. new short[] { 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556 },
        .. new short[] { 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778 },
        .. new short[] { 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556 },
        .. new short[] { 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556 },
        .. new short[] { 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 },
    ];

    /// <summary>Width at a font size, in the size's unit.</summary>
    public static double Of(string text, double size)
    {
        double sum = 0;
        foreach (char c in text)
        {
            sum += c is >= ' ' and <= '~' ? Widths[c - ' '] : 584;
        }
        return sum * size / 1000;
    }

    /// <summary>The text in lines no wider than given, broken at spaces; a word that is too long stands alone.</summary>
    public static List<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Of(longer, size) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        lines.Add(line);
        return lines;
    }
}
