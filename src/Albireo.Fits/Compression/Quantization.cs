namespace Albireo.Fits;

/// <summary>Whole numbers → reals of one tile (FITS 4.0, section 10.2).</summary>
/// <param name="Scale">ZSCALE of the tile.</param>
/// <param name="Zero">ZZERO of the tile.</param>
/// <param name="Blank">ZBLANK of the tile: becomes NaN.</param>
/// <param name="Method">ZQUANTIZ.</param>
/// <param name="DitherSeed">ZDITHER0.</param>
internal readonly record struct Quantization(double Scale, double Zero, long? Blank, DitherMethod Method, int DitherSeed)
{
    /// <summary>With the second method this number stands for an exact zero.</summary>
    public const int ExactZero = -2147483646;

    /// <summary><c>(I − r + 0.5) · ZSCALE + ZZERO</c>; without dither <c>I · ZSCALE + ZZERO</c>.</summary>
    public void Restore(ReadOnlySpan<int> stored, long tile, Span<double> reals)
    {
        (int seed, int next) = Dither.Start(tile, Math.Max(1, DitherSeed));
        ReadOnlySpan<float> random = Dither.Numbers;
        for (int i = 0; i < stored.Length; i++)
        {
            int value = stored[i];
            if (value == Blank)
            {
                reals[i] = double.NaN;
            }
            else if (Method == DitherMethod.None)
            {
                reals[i] = (value * Scale) + Zero;
            }
            else if (Method == DitherMethod.Subtractive2 && value == ExactZero)
            {
                reals[i] = 0;
            }
            else
            {
                reals[i] = (((double)value - random[next] + 0.5) * Scale) + Zero;
            }
            Dither.Advance(ref seed, ref next);
        }
    }
}
