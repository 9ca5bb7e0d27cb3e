using System.Text;

namespace Albireo.Tests.Fits;

/// <summary>FITS bytes written by hand, right or wrong.</summary>
internal static class RawFits
{
    /// <summary>A header of these cards, END and padding.</summary>
    public static byte[] Header(params string[] cards)
    {
        var text = new StringBuilder();
        foreach (string card in cards)
        {
            text.Append(card.PadRight(80));
        }
        text.Append("END".PadRight(80));
        return Encoding.Latin1.GetBytes(text.ToString().PadRight((text.Length + 2879) / 2880 * 2880));
    }

    /// <summary>An image HDU of 16-bit pixels 0, 1, 2, … with more cards.</summary>
    public static byte[] Image(int width, int height, params string[] cards)
    {
        byte[] header = Header([
            "SIMPLE  =                    T",
            Card("BITPIX", 16),
            Card("NAXIS", 2),
            Card("NAXIS1", width),
            Card("NAXIS2", height),
            .. cards,
        ]);
        var data = new byte[((width * height * 2) + 2879) / 2880 * 2880];
        for (int i = 0; i < width * height; i++)
        {
            data[2 * i] = (byte)(i >> 8);
            data[(2 * i) + 1] = (byte)i;
        }
        return [.. header, .. data];
    }

    public static string Card(string keyword, object value) => $"{keyword, -8}= {value, 20}";

    /// <summary>The same file with one card's value replaced.</summary>
    public static byte[] With(byte[] file, string keyword, string value)
    {
        byte[] changed = [.. file];
        byte[] start = Encoding.ASCII.GetBytes($"{keyword, -8}=");
        for (int at = 0; at + 80 <= changed.Length; at += 80)
        {
            if (changed.AsSpan(at).StartsWith(start))
            {
                Encoding.ASCII.GetBytes($"{keyword, -8}= {value, 20}".PadRight(80)).CopyTo(changed, at);
                return changed;
            }
        }
        throw new ArgumentException($"no card {keyword}", nameof(keyword));
    }
}
