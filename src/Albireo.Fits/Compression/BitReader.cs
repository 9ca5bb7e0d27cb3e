namespace Albireo.Fits;

/// <summary>Bits of a byte span, most significant first; throws at its end.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private uint window;
    private int held;

    /// <summary>The next byte that has not been touched.</summary>
    public int Position { get; private set; }

    /// <summary>Drops the rest of the byte begun.</summary>
    public void Align()
    {
        held = 0;
    }

    public int Read(int count)
    {
        while (held < count)
        {
            if (Position >= bytes.Length)
            {
                throw new TileException(
                    $"a stream of {bytes.Length} bytes that ends before the tile is full",
                    "a stream for all its pixels"
                );
            }
            window = (window << 8) | bytes[Position++];
            held += 8;
        }
        held -= count;
        return (int)(window >> held) & ((1 << count) - 1);
    }
}
