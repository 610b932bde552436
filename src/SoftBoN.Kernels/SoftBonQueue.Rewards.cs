namespace SoftBoN.Kernels;

public sealed partial class SoftBonQueue
{
    private readonly Dictionary<RewardSource, ResidentHead> heads = [];
    private DeviceBuffer<float>? ownRewards;

    /// <summary>Queues scores of hidden states, as <c>SoftBonEngine.ScoreRewards</c>, in device memory.</summary>
    /// <remarks>A head alone is one launch, several of them or a mixture are two.</remarks>
    /// <param name="hidden">[rows, dimension], or [tokens, dimension] with a row map; at most 2^20 dimensions.</param>
    /// <param name="head">Weights and biases.</param>
    /// <param name="options">Which rows are read, and how scores are mixed.</param>
    /// <param name="outputs">Memory for the results; must not overlap anything else.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others, or a buffer is another
    /// engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void ScoreRewards(
        DeviceTokenMatrix hidden,
        DeviceRewardHead head,
        DeviceRewardScoringOptions options,
        DeviceRewardScoringOutputs outputs)
    {
        ThrowIfUnusable();
        int rows = DeviceRewardCheck.Run(hidden, head, options, outputs);
        BufferHolds holds = default;
        try
        {
            HoldRewards(ref holds, hidden, head, options, outputs, rows);
            if (rows > 0)
            {
                using Telemetry.Call call = Telemetry.Start("Queue.ScoreRewards", backend, rows);
                queue.Run(new RewardScoringRequest(hidden, head, options, outputs, rows), ref holds);
            }
        }
        finally
        {
            holds.Release();
        }
    }

    /// <summary>Queues a plan, as <c>SoftBonEngine.Run</c>, in device memory: scores, then weights, then picks.</summary>
    /// <remarks>
    /// Plans from a head, or from heads with a mixture or gating, without steps. The first run copies the plan's weights to the
    /// device, where they stay until the queue is disposed of. A head and a selection from short rows are two launches.
    /// </remarks>
    /// <param name="plan">Where rewards come from.</param>
    /// <param name="inputs">What the plan needs.</param>
    /// <param name="prompts">
    /// Which candidates each prompt has: <c>DeviceRows.Dense</c> or <c>DeviceRows.Ragged</c>.
    /// </param>
    /// <param name="selection">
    /// Temperature, seed and the rest; of it, soft weights need the lambda, and rewards nothing.
    /// </param>
    /// <param name="outputs">Memory for the results; must not overlap anything else.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others, or a buffer is another
    /// engine's.</exception>
    /// <exception cref="NotSupportedException">The plan has a step that queues do not run; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    /// <exception cref="DeviceExecutionException">There is no memory for the plan's weights.</exception>
    public void Run(
        RewardPlan plan,
        DeviceRewardPlanInputs inputs,
        DeviceRows prompts,
        DeviceSelectionOptions selection,
        DeviceRewardPlanOutputs outputs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ThrowIfUnusable();
        DeviceRewardCheck.Run(plan, inputs, prompts);
        if (prompts.Candidates == 0)
        {
            return;
        }

        ResidentHead head = Resident(plan.Source);
        var options = new DeviceRewardScoringOptions
        {
            RowMap = inputs.RowMap,
            Mixture = head.Mixture,
            Gating = inputs.Gating,
        };
        var scored = new DeviceRewardScoringOutputs
        {
            Scores = outputs.Scores,
            Reward = outputs.Reward.IsEmpty ? OwnRewards(prompts.Candidates) : outputs.Reward,
            Status = outputs.Status,
        };
        CheckPlan(inputs.Hidden, head.Head, options, scored, prompts, selection, outputs);
        ScoreRewards(inputs.Hidden, head.Head, options, scored);
        if (IsWanted(outputs.Weights))
        {
            SoftWeights(scored.Reward, prompts, selection.Lambda, outputs.Weights);
        }

        if (IsWanted(outputs.Selection))
        {
            Select(scored.Reward, prompts, selection, outputs.Selection);
        }
    }

    /// <summary>Looks at everything that a plan's pieces of work will use, before the first of them is queued.</summary>
    private void CheckPlan(
        DeviceTokenMatrix hidden,
        DeviceRewardHead head,
        DeviceRewardScoringOptions options,
        DeviceRewardScoringOutputs scored,
        DeviceRows prompts,
        DeviceSelectionOptions selection,
        DeviceRewardPlanOutputs outputs)
    {
        int rows = DeviceRewardCheck.Run(hidden, head, options, scored);
        BufferHolds inputs = default;
        BufferHolds written = default;
        try
        {
            if (IsWanted(outputs.Selection))
            {
                Throw.IfInvalid(selection.Noise, selection.Seed.IsGiven, selection.Draws);
            }

            HoldRewards(ref written, hidden, head, options, scored, rows);
            HoldOutputs(ref written, outputs.Weights, prompts);
            HoldSelection(ref written, selection, outputs.Selection, prompts);
            written.Reads(core, prompts.Starts, prompts.Starts.Length, nameof(prompts));
            written.Reads(core, selection.Lambda.Values.Values, prompts.Count, nameof(selection.Lambda));
            if (IsWanted(outputs.Selection) || IsWanted(outputs.Weights))
            {
                HoldInputs(ref inputs, scored.Reward, prompts, selection.Lambda);
            }
        }
        finally
        {
            inputs.Release();
            written.Release();
        }
    }

    private void HoldRewards(
        ref BufferHolds holds,
        DeviceTokenMatrix hidden,
        DeviceRewardHead head,
        DeviceRewardScoringOptions options,
        DeviceRewardScoringOutputs outputs,
        int rows)
    {
        int count = head.Weights.Rows;
        hidden.Hold(ref holds, core, nameof(hidden), isWritten: false);
        head.Weights.Hold(ref holds, core, nameof(head.Weights), isWritten: false);
        holds.Reads(core, head.Bias, count, nameof(head.Bias));
        holds.Reads(core, options.RowMap, rows, nameof(options.RowMap));
        holds.Reads(core, options.Mixture, count, nameof(options.Mixture));
        holds.Reads(core, options.Gating, (long)rows * count, nameof(options.Gating));
        holds.Writes(core, outputs.Scores, (long)rows * count, nameof(outputs.Scores));
        holds.Writes(core, outputs.Reward, rows, nameof(outputs.Reward));
        holds.Writes(core, outputs.Status, rows, nameof(outputs.Status));
    }

    private ResidentHead Resident(RewardSource source)
    {
        if (!heads.TryGetValue(source, out ResidentHead? head))
        {
            head = new ResidentHead(core, source);
            heads.Add(source, head);
        }

        return head;
    }

    /// <summary>Memory for rewards that nobody asked for; what is queued still finds what it replaces.</summary>
    private DeviceSpan<float> OwnRewards(long count)
    {
        if (ownRewards == null || ownRewards.Length < count)
        {
            ownRewards?.Dispose();
            ownRewards = null;
            ownRewards = new DeviceBuffer<float>(core.Allocate(count * sizeof(float)), count);
        }

        return ownRewards.Slice(0, count);
    }

    private void DisposeRewards()
    {
        ownRewards?.Dispose();
        foreach (ResidentHead head in heads.Values)
        {
            head.Dispose();
        }
    }

    private static bool IsWanted(DeviceSelectionOutputs outputs) =>
        !outputs.Index.IsEmpty || !outputs.Reward.IsEmpty || !outputs.LogProbability.IsEmpty || !outputs.Margin.IsEmpty
        || !outputs.Lambda.IsEmpty || !outputs.Status.IsEmpty;

    private static bool IsWanted(DeviceSoftWeightsOutputs outputs) =>
        !outputs.Weights.IsEmpty || !outputs.LogWeights.IsEmpty || !outputs.LogMeanExp.IsEmpty
        || !outputs.EffectiveSampleSize.IsEmpty || !outputs.Entropy.IsEmpty || !outputs.KlToUniform.IsEmpty
        || !outputs.ExpectedReward.IsEmpty || !outputs.ChiSquare.IsEmpty || !outputs.KlFromTiltBound.IsEmpty
        || !outputs.KlFromModelBound.IsEmpty || !outputs.Lambda.IsEmpty || !outputs.Status.IsEmpty;
}
