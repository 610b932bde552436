using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>The committed majorities against sums of weights in double precision.</summary>
[Trait("Suite", "Vectors")]
public sealed class MajorityTruthTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void The_answer_has_the_largest_share()
    {
        Operation operation = Operation.Named("weighted-majority");
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        int rows = 0;
        foreach (VectorCase item in VectorFiles.Of(operation).SelectMany(file => file.Cases))
        {
            var batch = VectorBatch.Of(item);
            OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, default);
            for (int row = 0; row < batch.Rows.Count; row++)
            {
                rows += outputs.Status[row] < RowStatus.Empty ? CheckRow(item.Name, batch, row, outputs) : 0;
            }
        }

        Assert.True(rows > 500, $"{rows} rows were checked.");
    }

    private static int CheckRow(string name, VectorBatch batch, int row, OutputBuffers outputs)
    {
        double[] weights = RowTruth.Of(batch, row, outputs.Floats(3)[row]).Weights;
        float[] rewards = batch.RewardsOf(row);
        int[] answers = batch.Answers[batch.Rows.PackedRange(row)];
        Dictionary<int, (int First, double Share)> votes = Enumerable.Range(0, rewards.Length)
            .Where(i => answers[i] >= 0 && !float.IsNegativeInfinity(rewards[i]))
            .GroupBy(i => answers[i])
            .ToDictionary(group => group.Key, group => (group.First(), group.Sum(i => weights[i])));
        int answer = outputs.Integers(0)[row];
        string where = $"{name}, row {row}: answer {answer}";

        Assert.True(votes.ContainsKey(answer), where);
        Assert.True(votes[answer].Share >= votes.Values.Max(vote => vote.Share) - Tolerance, where);
        Assert.Equal(votes[answer].First, outputs.Integers(1)[row]);
        Assert.InRange(outputs.Floats(2)[row], votes[answer].Share - Tolerance, votes[answer].Share + Tolerance);
        return 1;
    }
}
