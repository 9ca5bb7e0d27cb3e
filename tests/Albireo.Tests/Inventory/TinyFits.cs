using System.Text;

namespace Albireo.Tests.Inventory;

/// <summary>Writes 8×6 pictures of whole numbers with the cards that a test needs, byte by byte.</summary>
internal static class TinyFits
{
    public static string Write(string path, int seed, params string[] cards) => Write(path, seed, 8, 6, cards);

    public static string Write(string path, int seed, int width, int height, params string[] cards)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes(seed, width, height, cards));
        return path;
    }

    public static byte[] Bytes(int seed, int width, int height, params string[] cards)
    {
        var header = new StringBuilder();
        string[] all =
        [
            "SIMPLE  =                    T",
            "BITPIX  = 16",
            "NAXIS   = 2",
            $"NAXIS1  = {width}",
            $"NAXIS2  = {height}",
            .. cards.Select(Card),
            "END",
        ];
        foreach (string card in all)
        {
            header.Append(card.PadRight(80));
        }
        byte[] bytes = new byte[Blocks(header.Length) + Blocks(width * height * 2)];
        bytes.AsSpan(0, Blocks(header.Length)).Fill((byte)' ');
        Encoding.ASCII.GetBytes(header.ToString(), bytes);
        for (int i = 0; i < width * height; i++)
        {
            int value = 1000 + ((seed * 7919) + (i * 104729)) % 997;
            bytes[Blocks(header.Length) + (2 * i)] = (byte)(value >> 8);
            bytes[Blocks(header.Length) + (2 * i) + 1] = (byte)value;
        }
        return bytes;
    }

    private static string Card(string card)
    {
        int equals = card.IndexOf('=', StringComparison.Ordinal);
        return $"{card[..equals].Trim(), -8}= {card[(equals + 1)..].Trim()}";
    }

    private static int Blocks(int length) => (length + 2879) / 2880 * 2880;
}
