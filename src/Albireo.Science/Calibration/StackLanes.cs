using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Albireo.Science.Calibration;

/// <summary>What stacking needs of lanes of single or double precision, in one instruction each where the processor has it.</summary>
internal static class StackLanes
{
    /// <summary>The number in every lane; a constant is one in the compiled code, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>();

    /// <summary>1 where the mask is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> One<T>(Vector512<T> mask)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector512.ConditionalSelect(mask, Of<T>(1), Vector512<T>.Zero);

    /// <summary><c>b &lt; a ? b : a</c>, to the bit: what x86 calls the minimum of b and a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Smaller<T>(Vector512<T> a, Vector512<T> b) =>
        X86Base.IsSupported ? Vector512.MinNative(b, a) : Vector512.ConditionalSelect(Vector512.LessThan(b, a), b, a);

    /// <summary><c>a &lt; b ? b : a</c>, to the bit: what x86 calls the maximum of b and a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Larger<T>(Vector512<T> a, Vector512<T> b) =>
        X86Base.IsSupported ? Vector512.MaxNative(b, a) : Vector512.ConditionalSelect(Vector512.LessThan(a, b), b, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool None<T>(Vector512<T> mask) => Vector512.EqualsAll(mask.AsByte(), Vector512<byte>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor<T>(Vector512<T> v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? Vector512.Floor(v.AsSingle()).As<float, T>() : Vector512.Floor(v.AsDouble()).As<double, T>();
}
