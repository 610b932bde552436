using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A thread's 32 values of a whole segment, in registers: four of each 128.</summary>
/// <remarks>Written out, as kernels have no arrays in registers.</remarks>
internal struct SegmentQuads
{
    public Quad A;
    public Quad B;
    public Quad C;
    public Quad D;
    public Quad E;
    public Quad F;
    public Quad G;
    public Quad H;

    /// <summary>The largest of all; any of them where one is NaN.</summary>
    public readonly float Largest => Quad.Larger(
        Quad.Larger(Quad.Larger(A.Largest, B.Largest), Quad.Larger(C.Largest, D.Largest)),
        Quad.Larger(Quad.Larger(E.Largest, F.Largest), Quad.Larger(G.Largest, H.Largest)));

    /// <summary>The values added to four lanes, in the canonical order.</summary>
    public readonly Quad Lanes
    {
        get
        {
            Quad lanes = default;
            lanes.Add(A);
            lanes.Add(B);
            lanes.Add(C);
            lanes.Add(D);
            lanes.Add(E);
            lanes.Add(F);
            lanes.Add(G);
            lanes.Add(H);
            return lanes;
        }
    }

    /// <summary>The values of a row.</summary>
    /// <param name="tokens">All rows.</param>
    /// <param name="start">The place of the row's first value.</param>
    /// <param name="first">The thread's first token of the segment.</param>
    public static SegmentQuads Of<TQuads>(in KernelTokens tokens, long start, int first)
        where TQuads : IKernelQuads
    {
        long quad = (start + first) >> 2;
        SegmentQuads quads = default;
        quads.A = TQuads.At(in tokens, quad);
        quads.B = TQuads.At(in tokens, quad + CanonicalSum.Groups);
        quads.C = TQuads.At(in tokens, quad + (2 * CanonicalSum.Groups));
        quads.D = TQuads.At(in tokens, quad + (3 * CanonicalSum.Groups));
        quads.E = TQuads.At(in tokens, quad + (4 * CanonicalSum.Groups));
        quads.F = TQuads.At(in tokens, quad + (5 * CanonicalSum.Groups));
        quads.G = TQuads.At(in tokens, quad + (6 * CanonicalSum.Groups));
        quads.H = TQuads.At(in tokens, quad + (7 * CanonicalSum.Groups));
        return quads;
    }

    /// <summary>A function of each value.</summary>
    public readonly SegmentQuads Map<TFunction>(in TFunction function)
        where TFunction : struct, IQuadFunction
    {
        SegmentQuads quads = default;
        quads.A = Map(in function, A);
        quads.B = Map(in function, B);
        quads.C = Map(in function, C);
        quads.D = Map(in function, D);
        quads.E = Map(in function, E);
        quads.F = Map(in function, F);
        quads.G = Map(in function, G);
        quads.H = Map(in function, H);
        return quads;
    }

    /// <summary>Adds a value to each.</summary>
    public void Add(in SegmentQuads values)
    {
        A.Add(values.A);
        B.Add(values.B);
        C.Add(values.C);
        D.Add(values.D);
        E.Add(values.E);
        F.Add(values.F);
        G.Add(values.G);
        H.Add(values.H);
    }

    private static Quad Map<TFunction>(in TFunction function, Quad quad)
        where TFunction : struct, IQuadFunction =>
        new(function.Of(quad.A), function.Of(quad.B), function.Of(quad.C), function.Of(quad.D));
}

/// <summary>A function of a value, and of what is the same for a segment.</summary>
internal interface IQuadFunction
{
    float Of(float value);
}
