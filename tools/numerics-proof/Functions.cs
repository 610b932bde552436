using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

internal readonly struct ExpFunction : IFloatFunction
{
    public static float Scalar(float x) => Exponential.Exp(x);

    public static Vector<float> Lanes(Vector<float> x) => Exponential.Exp(x);

    /// <summary>0 where exp would leave the normal floats: that is documented, not an error.</summary>
    public static double Expected(float x) => x < Exponential.UnderflowBelow ? 0 : Math.Exp(x);
}

internal readonly struct Exp2Function : IFloatFunction
{
    public static float Scalar(float x) => Exponential.Exp2(x);

    public static Vector<float> Lanes(Vector<float> x) => Exponential.Exp2(x);

    /// <summary>0 below the documented threshold: that is no error.</summary>
    public static double Expected(float x) => x < Exponential.Exp2UnderflowBelow ? 0 : Math.Pow(2, x);
}

internal readonly struct Expm1Function : IFloatFunction
{
    public static float Scalar(float x) => Exponential.Expm1(x);

    public static Vector<float> Lanes(Vector<float> x) => Exponential.Expm1(x);

    public static double Expected(float x) => Truth.Expm1(x);
}

internal readonly struct LogFunction : IFloatFunction
{
    public static float Scalar(float x) => Logarithm.Log(x);

    public static Vector<float> Lanes(Vector<float> x) => Logarithm.Log(x);

    /// <summary>Subnormal numbers count as 0: that is documented, not an error.</summary>
    public static double Expected(float x) => float.IsSubnormal(x) ? double.NegativeInfinity : Math.Log(x);
}

internal readonly struct Log1pFunction : IFloatFunction
{
    public static float Scalar(float x) => Logarithm.Log1p(x);

    public static Vector<float> Lanes(Vector<float> x) => Logarithm.Log1p(x);

    public static double Expected(float x) => Truth.Log1p(x);
}

internal readonly struct RcpFunction : IFloatFunction
{
    public static float Scalar(float x) => DivisionByFma.Rcp(x);

    public static Vector<float> Lanes(Vector<float> x) => DivisionByFma.Rcp(x);

    public static double Expected(float x) => 1f / x;
}

internal readonly struct SqrtFunction : IFloatFunction
{
    public static float Scalar(float x) => DivisionByFma.Sqrt(x);

    public static Vector<float> Lanes(Vector<float> x) => DivisionByFma.Sqrt(x);

    public static double Expected(float x) => MathF.Sqrt(x);
}

/// <summary>The processor's reciprocal in vectors, against its scalar one.</summary>
internal readonly struct HardwareRcpFunction : IFloatFunction
{
    public static float Scalar(float x) => Division.Rcp(x);

    public static Vector<float> Lanes(Vector<float> x) => Division.Rcp(x);

    public static double Expected(float x) => 1f / x;
}

/// <summary>The processor's square root in vectors, against its scalar one.</summary>
internal readonly struct HardwareSqrtFunction : IFloatFunction
{
    public static float Scalar(float x) => Division.Sqrt(x);

    public static Vector<float> Lanes(Vector<float> x) => Division.Sqrt(x);

    public static double Expected(float x) => MathF.Sqrt(x);
}
