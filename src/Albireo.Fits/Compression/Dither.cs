namespace Albireo.Fits;

/// <summary>The random sequence of the standard (4.0, appendix I): 10 000 numbers of Park &amp; Miller's generator.</summary>
internal static class Dither
{
    /// <summary>How many there are.</summary>
    public const int Length = 10_000;

    private static readonly float[] Sequence = Make();

    /// <summary>Numbers in (0, 1).</summary>
    public static ReadOnlySpan<float> Numbers => Sequence;

    /// <summary>Where a tile's walk through the sequence begins.</summary>
    /// <param name="tile">0-based number of the tile.</param>
    /// <param name="seed">ZDITHER0, 1 … 10 000.</param>
    public static (int Seed, int Next) Start(long tile, int seed)
    {
        int first = (int)((tile + seed - 1) % Length);
        return (first, (int)(Sequence[first] * 500));
    }

    /// <summary>The next place in the sequence.</summary>
    public static void Advance(ref int seed, ref int next)
    {
        if (++next == Length)
        {
            seed = seed + 1 == Length ? 0 : seed + 1;
            next = (int)(Sequence[seed] * 500);
        }
    }

    private static float[] Make()
    {
        const double A = 16807;
        const double M = 2147483647;
        var numbers = new float[Length];
        double seed = 1;
        for (int i = 0; i < Length; i++)
        {
            double product = A * seed;
            seed = product - (M * (int)(product / M));
            numbers[i] = (float)(seed / M);
        }
        return numbers;
    }
}
