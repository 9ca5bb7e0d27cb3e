using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>Room for vectors that begins on a cache line: a vector that straddles two lines costs twice.</summary>
internal sealed class AlignedBuffer<T>
{
    private readonly byte[] bytes;
    private readonly int offset;

    public AlignedBuffer(int count)
    {
        Count = count;
        bytes = GC.AllocateArray<byte>(checked((count + 1) * Unsafe.SizeOf<Vector512<T>>()), pinned: true);
        offset = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0) & (Unsafe.SizeOf<Vector512<T>>() - 1));
    }

    public int Count { get; }

    public Span<Vector512<T>> Vectors =>
        MemoryMarshal.Cast<byte, Vector512<T>>(bytes.AsSpan(offset, Count * Unsafe.SizeOf<Vector512<T>>()));
}
