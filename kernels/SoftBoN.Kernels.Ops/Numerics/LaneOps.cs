using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// The few operations across or inside vector lanes that <see cref="Vector{T}"/> lacks. All tests of width and support
/// are constants to the compiler.
/// </summary>
internal static class LaneOps
{
    /// <summary>Whether <see cref="MultiplyLow"/> exists at this width.</summary>
    public static bool HasWideningMultiply
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<byte>.Count switch
        {
            64 => Avx512F.IsSupported,
            32 => Avx2.IsSupported,
            16 => Sse2.IsSupported,
            _ => false,
        };
    }

    /// <summary>Whether there are 32 vector registers and not 16.</summary>
    public static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.VL.IsSupported;
    }

    /// <summary>
    /// Counters 0, 1, 2, … of a block in the lane order from which two unpacks make element order.
    /// </summary>
    public static Vector<ulong> BlockCounters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector<byte>.Count switch
        {
            64 => Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7).AsVector(),
            32 => Vector256.Create(0ul, 2, 1, 3).AsVector(),
            _ => Vector128.Create(0ul, 1).AsVector(),
        };
    }

    /// <summary>In each 64-bit lane, the product of the low halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<ulong> MultiplyLow(Vector<ulong> a, Vector<ulong> b) => Vector<byte>.Count switch
    {
        64 => Avx512F.Multiply(a.AsVector512().AsUInt32(), b.AsVector512().AsUInt32()).AsVector(),
        32 => Avx2.Multiply(a.AsVector256().AsUInt32(), b.AsVector256().AsUInt32()).AsVector(),
        _ => Sse2.Multiply(a.AsVector128().AsUInt32(), b.AsVector128().AsUInt32()).AsVector(),
    };

    /// <summary>In each 64-bit lane, the low half of a, and above it the low half of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<ulong> JoinLowHalves(Vector<ulong> a, Vector<ulong> b) => Vector<byte>.Count == 32
        ? Avx2.Blend(a.AsVector256().AsUInt32(), (b << 32).AsVector256().AsUInt32(), 0b10101010).AsUInt64().AsVector()
        : (a & Vector.Create((ulong)uint.MaxValue)) | (b << 32);

    /// <summary>In each 128 bits, the first 64 of a and the first 64 of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<ulong> UnpackLow(Vector<ulong> a, Vector<ulong> b) => Vector<byte>.Count switch
    {
        64 => Avx512F.UnpackLow(a.AsVector512(), b.AsVector512()).AsVector(),
        32 => Avx2.UnpackLow(a.AsVector256(), b.AsVector256()).AsVector(),
        _ => Vector128.Create(a.GetElement(0), b.GetElement(0)).AsVector(),
    };

    /// <summary>In each 128 bits, the second 64 of a and the second 64 of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<ulong> UnpackHigh(Vector<ulong> a, Vector<ulong> b) => Vector<byte>.Count switch
    {
        64 => Avx512F.UnpackHigh(a.AsVector512(), b.AsVector512()).AsVector(),
        32 => Avx2.UnpackHigh(a.AsVector256(), b.AsVector256()).AsVector(),
        _ => Vector128.Create(a.GetElement(1), b.GetElement(1)).AsVector(),
    };

    /// <summary>One bit per lane, set where the lane's top bit is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong TopBits(Vector<int> mask) => Vector<byte>.Count switch
    {
        64 => mask.AsVector512().ExtractMostSignificantBits(),
        32 => mask.AsVector256().ExtractMostSignificantBits(),
        _ => mask.AsVector128().ExtractMostSignificantBits(),
    };

    /// <summary>The largest lane; NaN lanes are not looked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Vector<float> v) => Vector<byte>.Count switch
    {
        64 => MaxLane(v.AsVector512()),
        32 => MaxLane(v.AsVector256()),
        _ => MaxLane(v.AsVector128()),
    };

    /// <inheritdoc cref="MaxLane(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Vector512<float> v) => MaxLane(Vector256.MaxNative(v.GetLower(), v.GetUpper()));

    /// <summary>The second largest lane, which may equal the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SecondLane(Vector<float> v)
    {
        float max = MaxLane(v);
        Vector<int> isMax = Vector.Equals(v, Vector.Create(max));
        return BitOperations.PopCount(TopBits(isMax)) > 1
            ? max
            : MaxLane(Vector.ConditionalSelect(isMax, Vector.Create(float.NegativeInfinity), v));
    }

    /// <inheritdoc cref="SecondLane(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SecondLane(Vector512<float> v)
    {
        float max = MaxLane(v);
        Vector512<float> isMax = Vector512.Equals(v, Vector512.Create(max));
        return BitOperations.PopCount(isMax.ExtractMostSignificantBits()) > 1
            ? max
            : MaxLane(Vector512.ConditionalSelect(isMax, Vector512.Create(float.NegativeInfinity), v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float MaxLane(Vector256<float> v) => MaxLane(Vector128.MaxNative(v.GetLower(), v.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float MaxLane(Vector128<float> quad)
    {
        quad = Vector128.MaxNative(quad, Vector128.Shuffle(quad, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(quad, Vector128.Shuffle(quad, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
