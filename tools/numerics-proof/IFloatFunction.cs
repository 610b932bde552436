using System.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>A function to be proved: its scalar form, its vector form, and what it should return.</summary>
internal interface IFloatFunction
{
    static abstract float Scalar(float x);

    static abstract Vector<float> Lanes(Vector<float> x);

    static abstract double Expected(float x);
}
