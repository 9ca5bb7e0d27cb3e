using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Detection;

/// <summary>Sixteen cells of a grid and their eight neighbours, in the order of the cells.</summary>
internal readonly ref struct Around
{
    public Vector512<float> Own { get; init; }
    public Vector512<float> N0 { get; init; }
    public Vector512<float> N1 { get; init; }
    public Vector512<float> N2 { get; init; }
    public Vector512<float> N3 { get; init; }
    public Vector512<float> N4 { get; init; }
    public Vector512<float> N5 { get; init; }
    public Vector512<float> N6 { get; init; }
    public Vector512<float> N7 { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Around Load(ref float cells, int cell, int stride) =>
        new()
        {
            Own = Vector512.LoadUnsafe(ref cells, (nuint)cell),
            N0 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - stride - 1)),
            N1 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - stride)),
            N2 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - stride + 1)),
            N3 = Vector512.LoadUnsafe(ref cells, (nuint)(cell - 1)),
            N4 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + 1)),
            N5 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + stride - 1)),
            N6 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + stride)),
            N7 = Vector512.LoadUnsafe(ref cells, (nuint)(cell + stride + 1)),
        };
}
