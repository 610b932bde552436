using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>The committed selections against keys and log-probabilities in double precision.</summary>
[Trait("Suite", "Vectors")]
public sealed class SelectionTruthTests
{
    private const double Ulp = 1.0 / (1 << 23);

    public static TheoryData<string> Files =>
        [.. VectorFiles.Of(Operation.Named("selection")).Select(file => file.About)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Picks_are_the_largest_keys_of_double_precision(string about)
    {
        Operation operation = Operation.Named("selection");
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        int draws = 0;
        foreach (VectorCase item in VectorFiles.Of(operation).Single(file => file.About == about).Cases)
        {
            var batch = VectorBatch.Of(item);
            OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, default);
            for (int row = 0; row < batch.Rows.Count; row++)
            {
                draws += outputs.Status[row] < RowStatus.Empty ? CheckRow(item.Name, batch, row, outputs) : 0;
            }
        }

        Assert.True(draws > 5, $"{draws} draws were checked.");
    }

    private static int CheckRow(string name, VectorBatch batch, int row, OutputBuffers outputs)
    {
        var truth = RowTruth.Of(batch, row, outputs.Floats(4)[row]);
        var left = Enumerable.Range(0, truth.X.Length).Where(i => truth.Included[i]).ToHashSet();
        for (int draw = 0; draw < batch.Draws; draw++)
        {
            int at = (row * batch.Draws) + draw;
            int index = outputs.Integers(0)[at];
            string where = $"{name}, row {row}, draw {draw}: index {index}";
            if (left.Count == 0)
            {
                Assert.True(index == -1 && outputs.Status[row] != RowStatus.Ok, where);
                continue;
            }

            Assert.True(left.Contains(index), where);
            double[] x = InPlay(truth, left);
            double[] keys = [.. x.Select((value, i) => value + NoiseOf(batch, row, draw, i))];
            double magnitude = Math.Abs(x[index]);
            double tolerance = 2e-6 + (4 * Ulp * Math.Abs(x[index] - x.Max())) + (2 * Ulp * magnitude);
            double second = keys.Where((_, i) => i != index).DefaultIfEmpty(double.NegativeInfinity).Max();
            float margin = outputs.Floats(3)[at];
            double lead = keys[index] - second;
            Assert.True(lead >= -tolerance, where + $", margin {margin:G9} should be {lead:R}");
            if (Math.Abs(second) < 1e30 || double.IsInfinity(second))
            {
                double marginTolerance = tolerance + (6 * Ulp * Math.Abs(second));
                Near(where + ", margin", margin, Math.Max(0, lead), marginTolerance);
            }

            double log = RowTruth.LogSoftmax(x)[index];
            double logTolerance = (4 * Ulp * (Math.Abs(log) + magnitude)) + 2e-6;
            Near(where + ", log-probability", outputs.Floats(2)[at], log, logTolerance);
            Assert.Equal(batch.RewardsOf(row)[index], outputs.Floats(1)[at]);
            if (batch.Distinct)
            {
                left.Remove(index);
            }
        }

        return batch.Draws;
    }

    /// <summary>x of the candidates that are left; at lambda 0 those of the highest reward that is left.</summary>
    private static double[] InPlay(RowTruth truth, HashSet<int> left)
    {
        double level = left.Max(i => truth.Directed[i]);
        double top = left.Max(i => truth.X[i]);
        return
        [
            .. truth.X.Select((x, i) =>
                !left.Contains(i) || (truth.Lambda == 0 && truth.Directed[i] != level) ? double.NegativeInfinity
                : truth.Lambda == 0 ? truth.Offsets[i]
                : x - (truth.HasOffsets ? 0 : top)),
        ];
    }

    private static double NoiseOf(VectorBatch batch, int row, int draw, int candidate)
    {
        uint element = batch.Elements == null
            ? (uint)candidate
            : batch.Elements[batch.Rows.PackedRange(row)][candidate];
        ulong position = batch.Position?[row] ?? (ulong)row;
        ulong seed = batch.Seed?[row] ?? 0;
        (uint w0, uint w1, uint w2, uint w3) = Philox4x32.Block(
            element / 4,
            batch.Distinct ? 0 : (uint)draw,
            (uint)position,
            (uint)(position >> 32),
            (uint)seed,
            (uint)(seed >> 32));
        uint word = (element % 4) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
        double half = Math.ScaleB((float)(int)(word >> 1), -31);
        double v = Math.Min(half + Math.ScaleB(1, -32), 1 - Math.ScaleB(1, -24));
        double u = 1 - v;
        return batch.Noise switch
        {
            SelectionNoise.Gumbel => -Math.Log(-Math.Log(u) * (u == 1 ? 1 : v / (1 - u))),
            SelectionNoise.UniformRace => -Math.Log(v),
            _ => 0,
        };
    }

    private static void Near(string where, float actual, double truth, double tolerance) => Assert.True(
        actual == truth || Math.Abs(actual - truth) <= tolerance,
        $"{where}: {actual:G9} is not {truth:R} within {tolerance:G2}");
}
