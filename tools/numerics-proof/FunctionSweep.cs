using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftBoN.NumericsProof;

/// <summary>Tries a function at every float of a range of bit patterns.</summary>
internal static class FunctionSweep
{
    private const int BlockLength = 4096;

    /// <summary>Sweeps ranges of bit patterns, both ends included.</summary>
    public static Tally Run<TFunction>(Sweep sweep, string what, params ReadOnlySpan<(uint First, uint Last)> ranges)
        where TFunction : struct, IFloatFunction
    {
        Tally total = default;
        foreach ((uint first, uint last) in ranges)
        {
            sweep.Run(what, first, last, (start, count) =>
            {
                Tally part = Part<TFunction>((uint)start, count, sweep.Stride);
                sweep.Collect(ref total, in part);
            });
        }

        return total;
    }

    private static Tally Part<TFunction>(uint start, int count, uint stride)
        where TFunction : struct, IFloatFunction
    {
        Tally tally = default;
        float[] inputs = new float[BlockLength];
        float[] scalar = new float[BlockLength];
        float[] lanes = new float[BlockLength];
        for (int done = 0; done < count; done += BlockLength)
        {
            int length = Math.Min(BlockLength, count - done);
            for (int i = 0; i < length; i++)
            {
                inputs[i] = BitConverter.UInt32BitsToSingle(start + ((uint)(done + i) * stride));
                scalar[i] = TFunction.Scalar(inputs[i]);
            }

            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                TFunction.Lanes(new Vector<float>(inputs, i)).CopyTo(lanes, i);
            }

            Compare(ref tally, inputs.AsSpan(0, length), scalar.AsSpan(0, length), lanes.AsSpan(0, length));
            Measure<TFunction>(ref tally, inputs.AsSpan(0, length), scalar);
        }

        return tally;
    }

    private static void Compare(
        ref Tally tally, ReadOnlySpan<float> inputs, ReadOnlySpan<float> scalar, ReadOnlySpan<float> lanes)
    {
        if (MemoryMarshal.AsBytes(scalar).SequenceEqual(MemoryMarshal.AsBytes(lanes)))
        {
            return;
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (BitConverter.SingleToUInt32Bits(scalar[i]) != BitConverter.SingleToUInt32Bits(lanes[i]))
            {
                tally.Mismatch(BitConverter.SingleToUInt32Bits(inputs[i]));
            }
        }
    }

    private static void Measure<TFunction>(ref Tally tally, ReadOnlySpan<float> inputs, ReadOnlySpan<float> results)
        where TFunction : struct, IFloatFunction
    {
        tally.Inputs += inputs.Length;
        for (int i = 0; i < inputs.Length; i++)
        {
            double error = Ulp.Error(results[i], TFunction.Expected(inputs[i]));
            if (error >= tally.MaxError)
            {
                tally.Error(error, BitConverter.SingleToUInt32Bits(inputs[i]));
            }

            if (float.IsSubnormal(results[i]) && !float.IsSubnormal(inputs[i]))
            {
                tally.Subnormals++;
            }
        }
    }
}
