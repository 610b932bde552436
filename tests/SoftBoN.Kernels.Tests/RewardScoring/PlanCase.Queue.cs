using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Tests.Devices;

namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <content>The same plan in device memory.</content>
internal sealed partial record PlanCase
{
    /// <summary>Runs the plan by a queue; what is read back is what was asked for.</summary>
    public PlanResult RunOnQueue(SoftBonEngine engine, RewardPlan plan, Pick pick, bool intermediate = true)
    {
        var result = new PlanResult(this, pick);
        using SoftBonQueue queue = engine.CreateQueue();
        using var memory = new QueueArrays(engine);
        bool isHead = Source is not ("tokens" or "given" or "single");
        bool penalizes = Steps.Contains("penalty");
        DeviceBuffer<float> reward = memory.Of(result.Reward);
        DeviceBuffer<RowStatus> status = memory.Of(result.Status);
        DeviceBuffer<float> weights = memory.Of(result.Weights.Weights);
        DeviceBuffer<float> gains = memory.Of(result.Weights.ExpectedReward);
        DeviceBuffer<int> picks = memory.Of(result.Picks.Index);
        DeviceBuffer<RowStatus> picked = memory.Of(result.Picks.Status);
        queue.Run(
            plan,
            new DeviceRewardPlanInputs
            {
                Hidden = isHead ? DeviceTokenMatrix.Of(memory.Of(Hidden), Candidates, Dimension) : default,
                Gating = memory.Span(Gating),
                Rewards = Source == "tokens" ? memory.Span(Tokens.Memory)
                    : isHead ? default
                    : memory.Span(Given[..(Members * Candidates)]),
                TokenRows = Source == "tokens" ? memory.Rows(Tokens) : default,
                LogProbability = penalizes ? memory.Span(Log) : default,
                ReferenceLogProbability = penalizes ? memory.Span(Reference) : default,
                Length = penalizes ? memory.Span(Lengths) : default,
            },
            memory.Rows(Prompts),
            new DeviceSelectionOptions { Lambda = 0.3f, Seed = pick.Seeds[0], Draws = pick.Draws },
            new DeviceRewardPlanOutputs
            {
                Reward = intermediate ? reward : null,
                Status = intermediate ? status : null,
                Weights = intermediate ? new() { Weights = weights, ExpectedReward = gains } : default,
                Selection = new() { Index = picks, Status = picked },
            });
        queue.Synchronize();
        reward.CopyTo(result.Reward);
        status.CopyTo(result.Status);
        weights.CopyTo(result.Weights.Weights);
        gains.CopyTo(result.Weights.ExpectedReward);
        picks.CopyTo(result.Picks.Index);
        picked.CopyTo(result.Picks.Status);
        return result;
    }
}

/// <summary>Arrays in the memory of an engine's device, until the end.</summary>
internal sealed class QueueArrays(SoftBonEngine engine) : IDisposable
{
    private readonly List<IDisposable> buffers = [];

    public DeviceBuffer<T> Of<T>(T[] values)
        where T : unmanaged
    {
        DeviceBuffer<T> buffer = engine.BufferOf(values);
        buffers.Add(buffer);
        return buffer;
    }

    /// <summary>The values; absent where there are none.</summary>
    public DeviceSpan<T> Span<T>(T[] values)
        where T : unmanaged => values.Length == 0 ? default : Of(values);

    public DeviceRows Rows(Batch batch)
    {
        if (batch.Layout == RowLayout.Strided)
        {
            (int columns, long rowStride, long columnStride) = batch.Strides;
            return DeviceRows.Strided(batch.Count, columns, rowStride, columnStride);
        }

        int longest = Enumerable.Range(0, batch.Count).Select(batch.Length).DefaultIfEmpty().Max();
        return DeviceRows.Ragged(Of(batch.Starts), longest, batch.Packed);
    }

    public void Dispose() => buffers.ForEach(buffer => buffer.Dispose());
}
