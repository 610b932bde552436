using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>The committed soft weights against the formulas in double precision.</summary>
[Trait("Suite", "Vectors")]
public sealed class SoftWeightsTruthTests
{
    private const double Ulp = 1.0 / (1 << 23);

    /// <summary>Products that feed a sum count as zero below 2^-100; rewards enter them at half their size.</summary>
    private static readonly double SmallestDeviation = Math.ScaleB(1, -99);

    /// <summary>exp(x) counts as zero below 2^-94.</summary>
    private static readonly double SmallestExp = Math.ScaleB(1, -94);

    public static TheoryData<string> Files =>
        [.. VectorFiles.Of(Operation.Named("soft-weights")).Select(file => file.About)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Outputs_are_near_double_precision(string about)
    {
        Operation operation = Operation.Named("soft-weights");
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        foreach (VectorCase item in VectorFiles.Of(operation).Single(file => file.About == about).Cases)
        {
            var batch = VectorBatch.Of(item);
            OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, default);
            for (int row = 0; row < batch.Rows.Count; row++)
            {
                if (outputs.Status[row] < RowStatus.Empty)
                {
                    CheckRow(new Row(item.Name, batch, row, outputs));
                }
            }
        }
    }

    [Theory]
    [InlineData("kl")]
    [InlineData("ess")]
    public void A_found_lambda_is_the_smallest_within_the_budget(string kind)
    {
        Operation operation = Operation.Named("soft-weights");
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        int bound = 0;
        foreach (VectorCase item in VectorFiles.Of(operation).SelectMany(file => file.Cases))
        {
            if (!item.Lambda.StartsWith(kind, StringComparison.Ordinal))
            {
                continue;
            }

            var batch = VectorBatch.Of(item);
            OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, default);
            for (int row = 0; row < batch.Rows.Count; row++)
            {
                bound += outputs.Status[row] < RowStatus.Empty ? CheckBudget(item.Name, batch, row, outputs) : 0;
            }
        }

        Assert.True(bound > 20, $"{bound} rows have a lambda that their budget decides.");
    }

    /// <returns>1 where the budget decided lambda.</returns>
    private static int CheckBudget(string name, VectorBatch batch, int row, OutputBuffers outputs)
    {
        float lambda = outputs.Floats(10)[row];
        double budget = batch.Lambda.Values[row];
        bool isKl = batch.Lambda.Meaning == LambdaMeaning.Kl;
        double count = RowTruth.Of(batch, row, 0f).Count;
        double slack = isKl ? (4e-6 * (1 + Math.Log(count))) + (count * SmallestDeviation / lambda) : 2e-5 * count;
        RowStatus status = outputs.Status[row];
        string where = $"{name}, row {row}: lambda {lambda:G9}, {status}";
        if (status == RowStatus.BudgetOutOfReach)
        {
            Assert.True(budget > count && float.IsPositiveInfinity(lambda), where);
            return 0;
        }

        Assert.True(Excess(lambda) <= slack, where);
        Assert.True(lambda == 0f == (status == RowStatus.BudgetNotBinding), where);
        if (lambda == 0f)
        {
            return 0;
        }

        Assert.True(Excess(float.IsFinite(lambda) ? lambda * 0.99f : 4e37f) >= -slack, where + ": not the smallest");
        return 1;

        double Excess(float at)
        {
            var truth = RowTruth.Of(batch, row, at);
            double[] p = truth.Weights;
            return isKl
                ? Math.Log(truth.Count) + p.Sum(w => w > 0 ? w * Math.Log(w) : 0) - budget
                : budget - (1 / p.Sum(w => w * w));
        }
    }

    private static void CheckRow(Row row)
    {
        RowTruth truth = row.Truth;
        double[] p = truth.Weights;
        double n = truth.Count;
        double logN = Math.Log(n);
        double ess = 1 / p.Sum(w => w * w);
        double entropy = -p.Sum(w => w > 0 ? w * Math.Log(w) : 0);
        double diagnostic = 2e-6 * (1 + logN);
        double lost = truth.Lambda == 0 ? 0 : n * SmallestDeviation / Math.Abs(truth.Lambda);
        CheckWeights(row, p);
        row.Near("effectiveSampleSize", 3, ess, 1e-5 * ess);
        row.Near("entropy", 4, entropy, diagnostic + lost);
        row.Near("klToUniform", 5, logN - entropy, diagnostic + lost);
        row.Near("chiSquare", 7, (n / ess) - 1, 1e-5 * n / ess);
        row.Near("klFromTiltBound", 8, Math.Log(1 + (((n / ess) - 1) / n)), 1e-5);
        double smallest = Math.Exp(truth.Where(truth.X).Min());
        double bound = Math.Min(logN - Math.Log(1 + ((n - 1) * smallest)), logN - ((n - 1) / n));
        row.Near("klFromModelBound", 9, bound, diagnostic);
        CheckRewards(row, p);
    }

    private static void CheckWeights(Row row, double[] p)
    {
        RowTruth truth = row.Truth;
        for (int i = 0; i < p.Length; i++)
        {
            double relative = Math.Min(1, (Math.Abs(truth.X[i]) + 8) * 2 * Ulp);
            row.Near($"weights[{i}]", row.Candidate(0, i), p[i], (p[i] * relative) + SmallestExp);
            bool isClipped = truth.X[i] < -float.MaxValue && truth.Included[i] && truth.Lambda != 0;
            double log = isClipped ? -float.MaxValue : truth.Log[i];
            row.Near($"logWeights[{i}]", row.Candidate(1, i), log, (Math.Abs(log) * 2 * Ulp) + 2e-6);
        }
    }

    private static void CheckRewards(Row row, double[] p)
    {
        RowTruth truth = row.Truth;
        double sign = float.IsNegative(truth.Lambda) ? -1 : 1;
        double deviation = p.Select((w, i) => w > 0 ? w * (truth.Directed[i] - truth.Max) : 0).Sum();
        double lost = truth.Count * SmallestDeviation;
        double tolerance = ((Math.Abs(truth.Max) + (8 * Math.Abs(deviation))) * Ulp) + lost;
        row.Near("expectedReward", 6, sign * (truth.Max + deviation), tolerance);

        double[] x = [.. truth.Where(truth.X)];
        double difference = truth.Lambda == 0 ? 0
            : float.IsInfinity(truth.Lambda) ? truth.Where(truth.Directed).Average(r => r - truth.Max)
            : Math.Abs(truth.Lambda) * LogMeanExp(x);
        tolerance = ((Math.Abs(truth.Max) + (16 * Math.Abs(difference))) * Ulp) + lost;
        row.Near("logMeanExp", 2, sign * (truth.Max + difference), tolerance);
    }

    /// <summary>log(mean of exp(x)) for x of at most 0; by its complement where that is small.</summary>
    private static double LogMeanExp(double[] x)
    {
        double complement = x.Average(value => value > -1e-5 ? -value - (value * value / 2) : 1 - Math.Exp(value));
        return complement < 1e-5 ? -complement - (complement * complement / 2) : Math.Log(1 - complement);
    }

    /// <summary>One row's outputs beside their truth.</summary>
    private sealed class Row(string name, VectorBatch batch, int row, OutputBuffers outputs)
    {
        public RowTruth Truth { get; } = RowTruth.Of(batch, row, outputs.Floats(10)[row]);

        public float Candidate(int output, int candidate) =>
            BitConverter.UInt32BitsToSingle(outputs.Bits(output, row)[candidate]);

        public void Near(string output, int number, double truth, double tolerance) =>
            Near(output, outputs.Floats(number)[row], truth, tolerance);

        public void Near(string output, float actual, double truth, double tolerance) => Assert.True(
            actual == truth || Math.Abs(actual - truth) <= tolerance,
            $"{name}, row {row}, {output}, lambda {Truth.Lambda:G9}: {actual:G9} is not {truth:R} +- {tolerance:G2}");
    }
}
