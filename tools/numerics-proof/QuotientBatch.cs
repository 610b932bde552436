using System.Numerics;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>Collects pairs and divides them, by scalars and by vectors.</summary>
internal sealed class QuotientBatch
{
    private const int Capacity = 4096;
    private const uint OneBits = 0x3f800000;
    private const uint MantissaMask = 0x007fffff;

    private readonly float[] numerators = new float[Capacity];
    private readonly float[] divisors = new float[Capacity];
    private readonly float[] scalar = new float[Capacity];
    private readonly float[] lanes = new float[Capacity];
    private readonly float[] hardwareLanes = new float[Capacity];
    private int filled;
    private Tally tally;

    /// <summary>Tries two 24-bit mantissas, both at the exponent of 1.</summary>
    public void TryMantissas(uint a, uint b) => TryBits(OneBits | (a & MantissaMask), OneBits | (b & MantissaMask));

    /// <summary>Tries two floats, if they are normal.</summary>
    public void TryBits(uint a, uint b)
    {
        float numerator = BitConverter.UInt32BitsToSingle(a);
        float divisor = BitConverter.UInt32BitsToSingle(b);
        if (float.IsNormal(numerator) && float.IsNormal(divisor))
        {
            (numerators[filled], divisors[filled]) = (numerator, divisor);
            if (++filled == Capacity)
            {
                Divide();
            }
        }
    }

    public Tally Finish()
    {
        Divide();
        return tally;
    }

    private void Divide()
    {
        for (int i = 0; i < Capacity; i += Vector<float>.Count)
        {
            var a = new Vector<float>(numerators, i);
            var b = new Vector<float>(divisors, i);
            DivisionByFma.Div(a, b).CopyTo(lanes, i);
            Division.Div(a, b).CopyTo(hardwareLanes, i);
        }

        for (int i = 0; i < filled; i++)
        {
            scalar[i] = DivisionByFma.Div(numerators[i], divisors[i]);
            float expected = Division.Div(numerators[i], divisors[i]);
            if (Bits.Of(scalar[i]) != Bits.Of(expected))
            {
                double error = Ulp.Error(scalar[i], expected);
                tally.Error(error > 0 ? error : double.PositiveInfinity, Bits.Of(divisors[i]));
            }
        }

        CompareLanes(lanes);
        CompareLanes(hardwareLanes);
        tally.Inputs += filled;
        filled = 0;
    }

    private void CompareLanes(float[] results)
    {
        ReadOnlySpan<byte> expected = MemoryMarshal.AsBytes(scalar.AsSpan(0, filled));
        if (expected.SequenceEqual(MemoryMarshal.AsBytes(results.AsSpan(0, filled))))
        {
            return;
        }

        for (int i = 0; i < filled; i++)
        {
            if (Bits.Of(scalar[i]) != Bits.Of(results[i]))
            {
                tally.Mismatch(Bits.Of(divisors[i]));
            }
        }
    }
}
