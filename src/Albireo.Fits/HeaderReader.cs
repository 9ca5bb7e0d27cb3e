using System.Buffers;

namespace Albireo.Fits;

/// <summary>Finds the header that begins at an offset: reads blocks until END, within a bound.</summary>
internal static class HeaderReader
{
    private const int FirstReadBlocks = 4;

    /// <summary>Cards of one HDU and the offset of its data.</summary>
    /// <param name="source">The file.</param>
    /// <param name="offset">Where the header begins.</param>
    /// <param name="hdu">Number of the HDU for messages.</param>
    /// <param name="maxBytes">Longest header.</param>
    /// <param name="warn">Takes what is against the standard but does no harm.</param>
    /// <exception cref="FitsFormatException">No END within the file or the bound.</exception>
    public static (FitsHeader Header, long DataOffset) Read(ByteSource source, long offset, int hdu, int maxBytes, Action<string> warn)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstReadBlocks * HduStructure.BlockBytes);
        try
        {
            int filled = 0;
            int cardStart = 0;
            while (true)
            {
                int want = filled == 0 ? FirstReadBlocks * HduStructure.BlockBytes : filled;
                want = Math.Min(want, maxBytes - filled);
                Grow(ref buffer, filled, filled + want);
                int count = want > 0 ? source.Read(offset + filled, buffer.AsSpan(filled, want)) : 0;
                filled += count;
                int end = FindEnd(buffer.AsSpan(0, filled), ref cardStart);
                if (end >= 0)
                {
                    int length = (int)HduStructure.Padded(end + FitsCard.Length);
                    if (length > filled)
                    {
                        count = source.Reaches(offset + length) ? 0 : -1;
                    }
                    return Finish(source, buffer, end, Math.Min(length, filled), offset, hdu, count < 0, warn);
                }
                if (count < want || want == 0)
                {
                    throw NoEnd(source, hdu, offset + filled, want == 0, maxBytes);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (FitsHeader, long) Finish(
        ByteSource source,
        byte[] buffer,
        int end,
        int available,
        long offset,
        int hdu,
        bool cut,
        Action<string> warn
    )
    {
        FitsHeader header = FitsHeader.FromBytes(buffer.AsSpan(0, end), source.Name, hdu);
        long length = HduStructure.Padded(end + FitsCard.Length);
        if (buffer.AsSpan(end + 3, FitsCard.Length - 3).ContainsAnyExcept((byte)' '))
        {
            warn("the END card is not blank behind END");
        }
        else if (buffer.AsSpan(end, available - end)[FitsCard.Length..].ContainsAnyExcept((byte)' '))
        {
            warn("the header block is not filled with blanks behind END");
        }
        if (cut)
        {
            throw new FitsFormatException(
                source.Name,
                hdu,
                "header",
                $"cut at byte {source.Length}",
                $"a whole block up to byte {offset + length}"
            );
        }
        int odd = buffer.AsSpan(0, end).IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        if (odd >= 0)
        {
            string card = header[odd / FitsCard.Length].Keyword;
            warn(
                $"card {(odd / FitsCard.Length) + 1} ({FitsFormatException.Printable(card)}) has the byte 0x{buffer[odd]:X2}, which is not printable ASCII"
            );
        }
        return (header, offset + length);
    }

    /// <summary>Offset of the END card, or −1; goes on where the last call stopped.</summary>
    private static int FindEnd(ReadOnlySpan<byte> bytes, ref int cardStart)
    {
        for (; cardStart + FitsCard.Length <= bytes.Length; cardStart += FitsCard.Length)
        {
            ReadOnlySpan<byte> start = bytes.Slice(cardStart, 8);
            if (start.StartsWith("END"u8) && !start[3..].ContainsAnyExcept((byte)' ', (byte)0))
            {
                return cardStart;
            }
        }
        return -1;
    }

    private static void Grow(ref byte[] buffer, int filled, int size)
    {
        if (size > buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(size);
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private static FitsFormatException NoEnd(ByteSource source, int hdu, long at, bool bound, int maxBytes) =>
        new(
            source.Name,
            hdu,
            "END",
            bound ? $"nowhere in the first {maxBytes} bytes of the header" : $"missing up to byte {at}, the end of the file",
            "a card END behind the header"
        );
}
