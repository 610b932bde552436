using SoftBoN.Kernels.Bench.Setup;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Whether picks are right, in double precision.</summary>
internal static class SelectionCheck
{
    /// <summary>A float key and its double may differ by this much.</summary>
    private const double KeyTolerance = 2e-5;

    /// <summary>Each pick has the largest key, or one that float rounding cannot tell from it.</summary>
    public static void PicksLargestKey(
        ReadOnlySpan<float> rewards, Shape shape, float lambda, ulong seed, ReadOnlySpan<int> index, string name)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> r = rewards.Slice(row * shape.Columns, shape.Columns);
            (double best, _, double picked) = Keys(r, lambda, seed, (ulong)row, index[row]);
            Expect.Near(picked, best, KeyTolerance, $"{name}: the key of the pick in row {row}");
        }
    }

    /// <summary>The largest key of a row, the next one, and the key of one candidate.</summary>
    public static (double Best, double Second, double Picked) Keys(
        ReadOnlySpan<float> rewards, double lambda, ulong seed, ulong position, int candidate)
    {
        NoiseKey noise = NoiseKey.ForCandidate(seed, position, 0);
        double best = double.NegativeInfinity;
        double second = best;
        double picked = best;
        for (int i = 0; i < rewards.Length; i++)
        {
            double key = (rewards[i] / lambda) + Gumbel(Philox4x32.Word(in noise, (uint)i));
            picked = i == candidate ? key : picked;
            second = key > best ? best : Math.Max(second, key);
            best = Math.Max(best, key);
        }

        return (best, second, picked);
    }

    /// <summary>The Gumbel variable of a word, -log(-log(1 - v)), v being its upper 31 bits as a float.</summary>
    public static double Gumbel(uint word)
    {
        double v = ((word >> 1) + 0.5) / 2147483648.0;
        return -Math.Log(-Math.Log(1.0 - Math.Min((float)v, 1.0 - Math.ScaleB(1.0, -24))));
    }

    /// <summary>
    /// The mean of the picked rewards is what the law says, within six standard errors: enough to unmask a generator or
    /// a formula that is off, whatever its random numbers.
    /// </summary>
    public static void FollowsLaw(
        ReadOnlySpan<float> rewards, Shape shape, float lambda, ReadOnlySpan<int> index, string name)
    {
        double difference = 0.0;
        double variance = 0.0;
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> r = rewards.Slice(row * shape.Columns, shape.Columns);
            var exact = new ExactRow(r, lambda);
            difference += r[index[row]] - exact.Mean;
            variance += exact.Variance;
        }

        double z = difference / Math.Sqrt(variance);
        Expect.True(Math.Abs(z) < 6.0, $"{name}: mean picked reward is {z:F1} standard errors from the law's");
    }
}
