using System.Globalization;
using System.Text;

namespace Albireo.Fits;

/// <summary>Not valid FITS; the message says where, what was found and what was expected, in one sentence.</summary>
public sealed class FitsFormatException : Exception
{
    private const int LongestQuote = 120;

    /// <summary>An error at a keyword (or another named place) of one HDU.</summary>
    /// <param name="path">File name as the user knows it.</param>
    /// <param name="hdu">0-based number of the HDU.</param>
    /// <param name="keyword">Keyword, or the part of the file that is at fault.</param>
    /// <param name="found">What stands there; shown with control characters escaped and cut to a readable length.</param>
    /// <param name="expected">What should stand there, and what to do where that is known.</param>
    /// <param name="inner">The error beneath, if there is one.</param>
    public FitsFormatException(string path, int hdu, string keyword, string found, string expected, Exception? inner = null)
        : base(
            $"{Printable(path, int.MaxValue)} [HDU {hdu}] {Printable(keyword)} = {Printable(found)}; expected {Printable(expected, int.MaxValue)}.",
            inner
        )
    {
        Path = path;
        Hdu = hdu;
        Keyword = keyword;
        Found = found;
        Expected = expected;
    }

    private FitsFormatException(string message, string path, int hdu, string found, string expected)
        : base(message)
    {
        Path = path;
        Hdu = hdu;
        Keyword = "";
        Found = found;
        Expected = expected;
    }

    /// <summary>File name as the user knows it.</summary>
    public string Path { get; }

    /// <summary>0-based number of the HDU; −1 where the file as a whole is at fault.</summary>
    public int Hdu { get; }

    /// <summary>Keyword, or the part of the file that is at fault; empty where the file as a whole is.</summary>
    public string Keyword { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    /// <summary>The file as a whole is at fault: <c>path: found; expected expected.</c></summary>
    internal static FitsFormatException OfFile(string path, string found, string expected) =>
        new($"{Printable(path, int.MaxValue)}: {Printable(found, int.MaxValue)}; expected {expected}.", path, -1, found, expected);

    /// <summary>Header text made safe for a terminal and a log: control characters as \xNN, at most so many characters.</summary>
    internal static string Printable(string text, int longest = LongestQuote)
    {
        bool clean = text.Length <= longest;
        for (int i = 0; clean && i < text.Length; i++)
        {
            clean = !char.IsControl(text[i]);
        }
        if (clean)
        {
            return text;
        }
        var safe = new StringBuilder();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            if (char.IsControl(c))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            }
            else
            {
                safe.Append(c);
            }
        }
        return text.Length > longest ? safe.Append('…').ToString() : safe.ToString();
    }
}
