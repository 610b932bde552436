using System.Numerics;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>Tries a random variable at every word; a word's lowest bit is not used, so there are 2^31.</summary>
internal static class NoiseSweep
{
    private const int BlockLength = 4096;

    public static NoiseTally Run<TNoise>(Sweep sweep, string what)
        where TNoise : struct, INoise
    {
        var total = new NoiseTally();
        sweep.Run(what, 0, int.MaxValue, (start, count) => total.Add(Part<TNoise>(start, count, sweep.Stride)));
        return total;
    }

    private static NoiseTally Part<TNoise>(long start, int count, uint stride)
        where TNoise : struct, INoise
    {
        var tally = new NoiseTally();
        uint[] words = new uint[BlockLength];
        float[] lanes = new float[BlockLength];
        float[] scalar = new float[BlockLength];
        float before = start < stride ? float.PositiveInfinity : TNoise.Scalar((uint)(start - stride) << 1);
        for (int done = 0; done < count; done += BlockLength)
        {
            int length = Math.Min(BlockLength, count - done);
            for (int i = 0; i < length; i++)
            {
                words[i] = (uint)(start + ((long)(done + i) * stride)) << 1;
                scalar[i] = TNoise.Scalar(words[i]);
            }

            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                TNoise.Lanes(new Vector<uint>(words, i)).CopyTo(lanes, i);
            }

            Compare(tally, words.AsSpan(0, length), scalar, lanes);
            before = Measure<TNoise>(tally, words.AsSpan(0, length), scalar, before);
        }

        return tally;
    }

    private static void Compare(NoiseTally tally, ReadOnlySpan<uint> words, float[] scalar, float[] lanes)
    {
        ReadOnlySpan<byte> expected = MemoryMarshal.AsBytes(scalar.AsSpan(0, words.Length));
        if (expected.SequenceEqual(MemoryMarshal.AsBytes(lanes.AsSpan(0, words.Length))))
        {
            return;
        }

        for (int i = 0; i < words.Length; i++)
        {
            if (Bits.Of(scalar[i]) != Bits.Of(lanes[i]))
            {
                tally.Absolute.Mismatch(words[i]);
            }
        }
    }

    /// <summary>Neighbouring words often share their uniform float, and then what is expected as well.</summary>
    private static float Measure<TNoise>(
        NoiseTally tally, ReadOnlySpan<uint> words, ReadOnlySpan<float> results, float before)
        where TNoise : struct, INoise
    {
        tally.Absolute.Inputs += words.Length;
        float uniform = float.NaN;
        double expected = double.NaN;
        for (int i = 0; i < words.Length; i++)
        {
            float next = Noise.Uniform(words[i]);
            if (next != uniform)
            {
                uniform = next;
                expected = TNoise.Expected(uniform);
            }

            float result = results[i];
            double error = Math.Abs(result - expected);
            tally.Absolute.Error(error, words[i]);
            if (result < 16)
            {
                tally.Fine.Inputs++;
                tally.Fine.Error(error, words[i]);
            }

            tally.Relative.Inputs++;
            tally.Relative.Error(Ulp.Error(result, expected), words[i]);
            tally.Value(result);
            tally.Step(before, result, words[i]);
            before = result;
        }

        return before;
    }
}
