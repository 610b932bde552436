namespace SoftBoN.Kernels.Hosting;

/// <summary>Scores the candidates of all requests, and picks for those that want it, by one plan in device memory.</summary>
internal sealed class ScoreStage : IDeviceStage<ScoreInput, ScoredPick>
{
    private readonly RewardPlan plan;
    private readonly int dimension;
    private readonly SoftBonQueue queue;
    private readonly StagedArray<float> hidden;
    private readonly StagedArray<long> offsets;
    private readonly StagedArray<float> lambda;
    private readonly StagedArray<ulong> seed;
    private readonly StagedArray<ulong> position;
    private readonly StagedArray<float> reward;
    private readonly StagedArray<RowStatus> status;
    private readonly StagedArray<int> index;
    private readonly StagedArray<float> logProbability;
    private readonly StagedArray<float> margin;
    private readonly StagedArray<RowStatus> pickStatus;

    public ScoreStage(SoftBonEngine engine, RewardModelHead head)
    {
        var weights = TokenMatrix.Of(head.Weights.Span, head.Heads, head.Dimension);
        plan = RewardPlan.FromHead(new RewardHead { Weights = weights, Bias = head.Bias.Span }, head.Mixture.Span);
        dimension = head.Dimension;
        queue = engine.CreateQueue();
        hidden = new(engine);
        offsets = new(engine);
        lambda = new(engine);
        seed = new(engine);
        position = new(engine);
        reward = new(engine);
        status = new(engine);
        index = new(engine);
        logProbability = new(engine);
        margin = new(engine);
        pickStatus = new(engine);
    }

    public ScoredPick[] Run(IReadOnlyList<ScoreInput> inputs)
    {
        int rows = inputs.Sum(input => input.Rows);
        bool hasPicks = inputs.Any(input => input.Pick != null);
        Fill(inputs, rows);
        CopyIn();
        queue.Run(
            plan,
            new DeviceRewardPlanInputs { Hidden = DeviceTokenMatrix.Of(hidden.Device, rows, dimension) },
            DeviceRows.Ragged(offsets.Device, inputs.Max(input => input.Rows), rows),
            new DeviceSelectionOptions { Lambda = lambda.Device, Seed = seed.Device, Position = position.Device },
            new DeviceRewardPlanOutputs
            {
                Reward = reward.Device,
                Status = status.Device,
                Selection = hasPicks ? Picks() : default,
            });
        reward.CopyOut(queue);
        status.CopyOut(queue);
        if (hasPicks)
        {
            index.CopyOut(queue);
            logProbability.CopyOut(queue);
            margin.CopyOut(queue);
            pickStatus.CopyOut(queue);
        }

        queue.Synchronize();
        return [.. inputs.Select(Result)];
    }

    public void Dispose()
    {
        queue.Dispose();
        IDisposable[] arrays =
            [hidden, offsets, lambda, seed, position, reward, status, index, logProbability, margin, pickStatus];
        foreach (IDisposable array in arrays)
        {
            array.Dispose();
        }
    }

    private DeviceSelectionOutputs Picks() => new()
    {
        Index = index.Device,
        LogProbability = logProbability.Device,
        Margin = margin.Device,
        Status = pickStatus.Device,
    };

    private void Fill(IReadOnlyList<ScoreInput> inputs, int rows)
    {
        int count = inputs.Count;
        hidden.Resize(checked(rows * dimension));
        offsets.Resize(count + 1);
        lambda.Resize(count);
        seed.Resize(count);
        position.Resize(count);
        reward.Resize(rows);
        status.Resize(rows);
        index.Resize(count);
        logProbability.Resize(count);
        margin.Resize(count);
        pickStatus.Resize(count);
        Span<float> rest = hidden.Host;
        offsets.Host[0] = 0;
        for (int i = 0; i < count; i++)
        {
            inputs[i].Hidden.Span.CopyTo(rest);
            rest = rest[inputs[i].Hidden.Length..];
            offsets.Host[i + 1] = offsets.Host[i] + inputs[i].Rows;

            // One that wants no pick takes part with settings of no meaning, and nobody reads its pick.
            PickInput pick = inputs[i].Pick ?? new PickInput(1, 0, 0);
            (lambda.Host[i], seed.Host[i], position.Host[i]) = (pick.Lambda, pick.Seed, pick.Position);
        }
    }

    private void CopyIn()
    {
        hidden.CopyIn(queue);
        offsets.CopyIn(queue);
        lambda.CopyIn(queue);
        seed.CopyIn(queue);
        position.CopyIn(queue);
    }

    private ScoredPick Result(ScoreInput input, int i)
    {
        int first = (int)offsets.Host[i];
        var scores = new RewardScores(
            reward.Host.Slice(first, input.Rows).ToArray(), status.Host.Slice(first, input.Rows).ToArray());
        return input.Pick == null
            ? new ScoredPick(-1, float.NaN, float.NaN, RowStatus.Ok, scores)
            : new ScoredPick(index.Host[i], logProbability.Host[i], margin.Host[i], pickStatus.Host[i], scores);
    }
}
