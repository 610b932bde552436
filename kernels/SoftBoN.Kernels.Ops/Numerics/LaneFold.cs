using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// The canonical combination of a segment's 128 lanes, held in vectors. Four consecutive vectors are folded into one that
/// holds the sums of their groups of four; the folded vectors are then combined at the canonical distances.
/// </summary>
internal static class LaneFold
{
    /// <summary>Lanes in four vectors; a segment has 128 / this many folds.</summary>
    public static int LanesPerFold => Vector<float>.Count * 4;

    /// <summary>
    /// (a0 + a2) + (a1 + a3) of every group of four lanes of four consecutive vectors. Group g of vector v ends in 128-bit
    /// part g at place v.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Groups(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        // (a0 b0 a1 b1) + (a2 b2 a3 b3): two vectors' halves meet; then the two sums of each group.
        Vector<float> ab = UnpackLow(a, b) + UnpackHigh(a, b);
        Vector<float> cd = UnpackLow(c, d) + UnpackHigh(c, d);
        Vector<ulong> x = ab.As<float, ulong>();
        Vector<ulong> y = cd.As<float, ulong>();
        return LaneOps.UnpackLow(x, y).As<ulong, float>() + LaneOps.UnpackHigh(x, y).As<ulong, float>();
    }

    /// <summary>The sum of a vector of group sums whose groups are the 4 W lanes of one fold, in canonical order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Within(Vector<float> groups)
    {
        // Group g of vector v is number v * parts + g, parts being the vector's 128-bit parts: vectors are the longer
        // distances and parts the shorter ones.
        if (Vector<float>.Count == 16)
        {
            Vector512<float> v = groups.AsVector512();
            v += Avx512F.Shuffle(v, v, 0b01_00_11_10);
            v += Avx512F.Shuffle(v, v, 0b10_11_00_01);
            return AcrossParts(v.AsVector()).ToScalar();
        }

        if (Vector<float>.Count == 8)
        {
            Vector256<float> v = groups.AsVector256();
            v += Avx.Shuffle(v, v, 0b01_00_11_10);
            v += Avx.Shuffle(v, v, 0b10_11_00_01);
            return AcrossParts(v.AsVector()).ToScalar();
        }

        Vector128<float> quad = groups.AsVector128();
        quad += Vector128.Shuffle(quad, Vector128.Create(2, 3, 0, 1));
        quad += Vector128.Shuffle(quad, Vector128.Create(1, 0, 3, 2));
        return quad.ToScalar();
    }

    /// <summary>The sum of a vector's 128-bit parts, in canonical order, in each of four places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> AcrossParts(Vector<float> groups)
    {
        if (Vector<float>.Count == 16)
        {
            Vector256<float> half = groups.AsVector512().GetLower() + groups.AsVector512().GetUpper();
            return half.GetLower() + half.GetUpper();
        }

        return Vector<float>.Count == 8
            ? groups.AsVector256().GetLower() + groups.AsVector256().GetUpper()
            : groups.AsVector128();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> UnpackLow(Vector<float> a, Vector<float> b) => Vector<float>.Count switch
    {
        16 => Avx512F.UnpackLow(a.AsVector512(), b.AsVector512()).AsVector(),
        8 => Avx.UnpackLow(a.AsVector256(), b.AsVector256()).AsVector(),
        _ when Sse.IsSupported => Sse.UnpackLow(a.AsVector128(), b.AsVector128()).AsVector(),
        _ => Vector128.Create(a[0], b[0], a[1], b[1]).AsVector(),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> UnpackHigh(Vector<float> a, Vector<float> b) => Vector<float>.Count switch
    {
        16 => Avx512F.UnpackHigh(a.AsVector512(), b.AsVector512()).AsVector(),
        8 => Avx.UnpackHigh(a.AsVector256(), b.AsVector256()).AsVector(),
        _ when Sse.IsSupported => Sse.UnpackHigh(a.AsVector128(), b.AsVector128()).AsVector(),
        _ => Vector128.Create(a[2], b[2], a[3], b[3]).AsVector(),
    };
}
