using System.Buffers;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Candidates to score, and how to pick among them where a pick is wanted.</summary>
internal sealed record ScoreInput(ReadOnlyMemory<float> Hidden, int Rows, PickInput? Pick);

/// <summary>How to pick.</summary>
internal sealed record PickInput(float Lambda, ulong Seed, ulong Position);

/// <summary>One call scores the candidates of all requests, one more picks for those that want it.</summary>
internal sealed class ScoreOperation(SoftBonEngine engine, RewardModelHead head) : IBatchOperation<ScoreInput, ScoredPick>
{
    public string Name => "score";

    public int RowsOf(ScoreInput input) => input.Rows;

    public ScoredPick[] Run(IReadOnlyList<ScoreInput> inputs)
    {
        int rows = inputs.Sum(input => input.Rows);
        float[] rewards = new float[rows];
        var status = new RowStatus[rows];
        Score(inputs, rows, rewards, status);
        var results = new ScoredPick[inputs.Count];
        int first = 0;
        for (int i = 0; i < results.Length; i++)
        {
            int count = inputs[i].Rows;
            results[i] = new ScoredPick(-1, float.NaN, float.NaN, RowStatus.Ok, new RewardScores(
                rewards.AsSpan(first, count).ToArray(), status.AsSpan(first, count).ToArray()));
            first += count;
        }

        Pick(inputs, rewards, results);
        return results;
    }

    /// <summary>Rewards of hidden states that lie one after the other.</summary>
    public void Score(ReadOnlySpan<float> hidden, int rows, Span<float> rewards, Span<RowStatus> status) =>
        engine.ScoreRewards(
            TokenMatrix.Of(hidden, rows, head.Dimension),
            new RewardHead
            {
                Weights = TokenMatrix.Of(head.Weights.Span, head.Heads, head.Dimension),
                Bias = head.Bias.Span,
            },
            new RewardScoringOptions { Mixture = head.Mixture.Span },
            new RewardScoringOutputs { Reward = rewards, Status = status });

    private void Score(IReadOnlyList<ScoreInput> inputs, int rows, Span<float> rewards, Span<RowStatus> status)
    {
        if (inputs.Count == 1)
        {
            Score(inputs[0].Hidden.Span, rows, rewards, status);
            return;
        }

        float[] hidden = ArrayPool<float>.Shared.Rent(checked(rows * head.Dimension));
        try
        {
            Span<float> rest = hidden;
            foreach (ScoreInput input in inputs)
            {
                input.Hidden.Span.CopyTo(rest);
                rest = rest[input.Hidden.Length..];
            }

            Score(hidden, rows, rewards, status);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(hidden);
        }
    }

    private void Pick(IReadOnlyList<ScoreInput> inputs, float[] rewards, ScoredPick[] results)
    {
        int count = inputs.Count(input => input.Pick != null);
        if (count == 0)
        {
            return;
        }

        long[] starts = new long[count];
        int[] lengths = new int[count];
        float[] lambdas = new float[count];
        ulong[] seeds = new ulong[count];
        ulong[] positions = new ulong[count];
        int[] owners = new int[count];
        int row = 0;
        int first = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Pick is { } pick)
            {
                (starts[row], lengths[row], owners[row]) = (first, inputs[i].Rows, i);
                (lambdas[row], seeds[row], positions[row]) = (pick.Lambda, pick.Seed, pick.Position);
                row++;
            }

            first += inputs[i].Rows;
        }

        int[] index = new int[count];
        float[] logProbability = new float[count];
        float[] margin = new float[count];
        var status = new RowStatus[count];
        engine.Select(
            rewards,
            Rows.Mapped(starts, lengths),
            new SelectionOptions { Lambda = lambdas, Seed = seeds, Position = positions },
            new SelectionOutputs { Index = index, LogProbability = logProbability, Margin = margin, Status = status });
        for (row = 0; row < count; row++)
        {
            results[owners[row]] = results[owners[row]] with
            {
                Index = index[row],
                LogProbability = logProbability[row],
                Margin = margin[row],
                Status = status[row],
            };
        }
    }
}
