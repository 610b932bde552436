using System.Numerics;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>Powers of two by the loop that sums are made of, in vectors of 512 bits where the processor has them.</summary>
internal readonly struct Exp2Loop : IFloatFunction
{
    public static float Scalar(float x) => Exponential.Exp2(x);

    public static unsafe Vector<float> Lanes(Vector<float> x)
    {
        if (!WideExponential.IsWider)
        {
            return Exponential.Exp2(x);
        }

        float* values = stackalloc float[Vector512<float>.Count];
        new Span<float>(values, Vector512<float>.Count).Clear();
        x.Store(values);
        WideExponential.Make(values, values, Vector512<float>.Count, unit: 1f, offset: 0f, factor: 1f);
        return Vector.Load(values);
    }

    public static double Expected(float x) => Exp2Function.Expected(x);
}

/// <summary>Gumbel noise by the loop that rows get it from.</summary>
internal readonly struct GumbelLoop : INoise
{
    public static float Scalar(uint word) => Noise.Gumbel(word);

    public static unsafe Vector<float> Lanes(Vector<uint> words)
    {
        uint* fold = stackalloc uint[LaneFold.LanesPerFold];
        new Span<uint>(fold, LaneFold.LanesPerFold).Clear();
        words.Store(fold);
        Noise.Gumbel(fold, (float*)fold, LaneFold.LanesPerFold);
        return Vector.Load((float*)fold);
    }

    public static double Expected(double uniform) => GumbelNoise.Expected(uniform);
}
