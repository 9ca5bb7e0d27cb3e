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

    /// <summary>Takes lanes of a block until there is no more room.</summary>
    /// <param name="block">One vector a frame.</param>
    /// <param name="pixel">Where the block begins.</param>
    /// <param name="lanes">A bit for each lane that is wanted.</param>
    /// <returns>The lanes that found no room.</returns>
    public ulong Add(ReadOnlySpan<Vector512<T>> block, int pixel, ulong lanes)
    {
        ref T to = ref Unsafe.As<Vector512<T>, T>(ref MemoryMarshal.GetReference(values.Vectors));
        ref T from = ref Unsafe.As<Vector512<T>, T>(ref MemoryMarshal.GetReference(block));
        int length = block.Length * Vector512<T>.Count;
        for (; lanes != 0 && count < pixels.Length; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                Unsafe.Add(ref to, i + count) = Unsafe.Add(ref from, i + lane);
            }
            pixels[count++] = pixel + lane;
        }
        return lanes;
    }

    /// <summary>The values of those that went stay, in lanes that nobody reads.</summary>
    public void Clear() => count = 0;
}
