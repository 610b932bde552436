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

    /// <summary>Whether there are vectors of 512 bits, and the operations between their lanes that a fold needs.</summary>
    public static bool HasWide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512BW.IsSupported;
    }

    /// <summary>The sum of a segment's 128 lanes in eight vectors of 512 bits, in canonical order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(
        Vector512<float> s0,
        Vector512<float> s1,
        Vector512<float> s2,
        Vector512<float> s3,
        Vector512<float> s4,
        Vector512<float> s5,
        Vector512<float> s6,
        Vector512<float> s7) => Within(Groups(s0, s1, s2, s3) + Groups(s4, s5, s6, s7));

    /// <summary>
    /// (a0 + a2) + (a1 + a3) of every group of four lanes of four consecutive vectors. Group g of vector v ends in 128-bit
    /// part g at place v.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Groups(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        if (Vector<float>.Count == 16)
        {
            return Groups(a.AsVector512(), b.AsVector512(), c.AsVector512(), d.AsVector512()).AsVector();
        }

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
            return Within(groups.AsVector512());
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
            return AcrossParts(groups.AsVector512());
        }

        return Vector<float>.Count == 8
            ? groups.AsVector256().GetLower() + groups.AsVector256().GetUpper()
            : groups.AsVector128();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Groups(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<double> x = (Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b)).AsDouble();
        Vector512<double> y = (Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d)).AsDouble();
        return Avx512F.UnpackLow(x, y).AsSingle() + Avx512F.UnpackHigh(x, y).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Within(Vector512<float> v)
    {
        v += Avx512F.Shuffle(v, v, 0b01_00_11_10);
        v += Avx512F.Shuffle(v, v, 0b10_11_00_01);
        return AcrossParts(v).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AcrossParts(Vector512<float> v)
    {
        Vector256<float> half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> UnpackLow(Vector<float> a, Vector<float> b) => Vector<float>.Count switch
    {
        8 => Avx.UnpackLow(a.AsVector256(), b.AsVector256()).AsVector(),
        _ when Sse.IsSupported => Sse.UnpackLow(a.AsVector128(), b.AsVector128()).AsVector(),
        _ => Vector128.Create(a[0], b[0], a[1], b[1]).AsVector(),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> UnpackHigh(Vector<float> a, Vector<float> b) => Vector<float>.Count switch
    {
        8 => Avx.UnpackHigh(a.AsVector256(), b.AsVector256()).AsVector(),
        _ when Sse.IsSupported => Sse.UnpackHigh(a.AsVector128(), b.AsVector128()).AsVector(),
        _ => Vector128.Create(a[2], b[2], a[3], b[3]).AsVector(),
    };
}
