using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>PLIO_1 (FITS 4.0, section 10.4.3): IRAF's line lists of runs, for masks of whole numbers from 0 to 2^24.</summary>
internal static class PlioDecoder
{
    private const int LongestRun = 4095;

    /// <summary>Most pixels that a list can describe.</summary>
    public static long MostPixels(int bytes) => (bytes / 2L) * LongestRun;

    /// <summary>Decodes a tile.</summary>
    /// <param name="list">Big-endian 16-bit words.</param>
    /// <param name="pixels">Receives as many pixels as it holds; zero beyond the last run.</param>
    /// <exception cref="TileException">The list contradicts itself or goes beyond the tile.</exception>
    public static void Decode(ReadOnlySpan<byte> list, Span<int> pixels)
    {
        int words = list.Length / 2;
        if (words < 3)
        {
            throw new TileException($"a PLIO list of {list.Length} bytes", "at least 3 words");
        }
        int length = Word(list, 2);
        int at = 3;
        if (length <= 0)
        {
            if (words < 5)
            {
                throw new TileException($"a PLIO list of {words} words", "at least 5 words");
            }
            length = (Word(list, 4) << 15) + Word(list, 3);
            at = Word(list, 1);
        }
        if (length > words || length < 0 || at < 0)
        {
            throw new TileException($"a PLIO list that claims {length} words from word {at}", $"at most the {words} words of the tile");
        }
        pixels.Clear();
        int x = 0;
        int value = 1;
        for (; at < length && x < pixels.Length; at++)
        {
            int word = Word(list, at) & 0xFFFF;
            int data = word & 0xFFF;
            switch (word >> 12)
            {
                case 0:
                    x = Advance(x, data, pixels.Length);
                    break;
                case 1:
                    at++;
                    if (at >= length)
                    {
                        throw new TileException("a PLIO list that ends within an instruction", "its second word");
                    }
                    value = (Word(list, at) << 12) + data;
                    break;
                case 2:
                    value += data;
                    break;
                case 3:
                    value -= data;
                    break;
                case 4:
                    int end = Advance(x, data, pixels.Length);
                    pixels[x..end].Fill(value);
                    x = end;
                    break;
                case 5:
                    x = Advance(x, data, pixels.Length);
                    if (data > 0)
                    {
                        pixels[x - 1] = value;
                    }
                    break;
                case 6:
                    value += data;
                    pixels[x++] = value;
                    break;
                case 7:
                    value -= data;
                    pixels[x++] = value;
                    break;
                default:
                    throw new TileException($"the PLIO instruction {word >> 12}", "0 to 7");
            }
        }
    }

    private static int Advance(int x, int run, int length) =>
        run <= length - x
            ? x + run
            : throw new TileException($"a PLIO run of {run} pixels at pixel {x}", $"runs within the tile's {length} pixels");

    private static int Word(ReadOnlySpan<byte> list, int index) => BinaryPrimitives.ReadInt16BigEndian(list[(2 * index)..]);
}
