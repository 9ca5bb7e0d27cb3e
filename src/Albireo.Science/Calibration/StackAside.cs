using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>Pixels that the first round did not finish, put aside until there are as many as a vector has lanes.</summary>
internal sealed class StackAside<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly int[] pixels = new int[Vector512<T>.Count];
    private readonly AlignedBuffer<T> values;
    private int count;

    public StackAside(int frames)
    {
        values = new AlignedBuffer<T>(frames);
        values.Vectors.Clear();
    }

    public bool IsFull => count == pixels.Length;

    /// <summary>The values of the pixels, one vector a frame.</summary>
    public ReadOnlySpan<Vector512<T>> Values => values.Vectors;

    public ReadOnlySpan<int> Pixels => pixels.AsSpan(0, count);

    /// <summary>Takes one lane of a block.</summary>
    public void Add(ReadOnlySpan<Vector512<T>> block, int lane, int pixel)
    {
        Span<T> to = MemoryMarshal.Cast<Vector512<T>, T>(values.Vectors);
        ReadOnlySpan<T> from = MemoryMarshal.Cast<Vector512<T>, T>(block);
        for (int i = 0; i < from.Length; i += Vector512<T>.Count)
        {
            to[i + count] = from[i + lane];
        }
        pixels[count++] = pixel;
    }

    /// <summary>The values of those that went stay, in lanes that nobody reads.</summary>
    public void Clear() => count = 0;
}
