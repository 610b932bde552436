namespace SoftBoN.Kernels;

public sealed partial class SoftBonQueue
{
    private readonly Dictionary<RewardSource, ResidentHead> heads = [];
    private readonly Dictionary<RewardPlan, ResidentPlan> plans = [];

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

    /// <summary>
    /// Queues a plan, as <c>SoftBonEngine.Run</c>, in device memory: from features to rewards, weights and picks.
    /// </summary>
    /// <remarks>
    /// The first run copies the plan's weights and steps to the device, where they stay until the queue is disposed of. All
    /// steps are one launch, up to 32 members of an ensemble included; a head, or token rewards, are one before them, several
    /// heads two; weights and picks follow. Candidates of ragged prompts are numbered by where their prompts start: one that
    /// is in no prompt has no pick, and steps leave it alone.
    /// </remarks>
    /// <param name="plan">Where rewards come from and what becomes of them; ends with one reward per candidate.</param>
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
        DeviceRewardPlanCheck.Run(plan, inputs, prompts, outputs);
        BufferHolds holds = default;
        try
        {
            ResidentHead? head = plan.Source.Kind == RewardSourceKind.Head ? Resident(plan.Source) : null;
            ResidentPlan resident = Resident(plan);
            var request = new RewardPlanRequest(
                plan,
                head?.Head ?? default,
                head?.Mixture ?? default,
                resident.Program,
                resident.Powers(inputs.TokenRows.LongestRow),
                inputs,
                prompts,
                selection,
                outputs);
            HoldPlan(ref holds, in request);
            if (prompts.Count > 0)
            {
                using Telemetry.Call call = Telemetry.Start("Queue.RewardPlan", backend, prompts.Count);
                queue.Run(in request, ref holds);
            }
        }
        finally
        {
            holds.Release();
        }
    }

    internal static bool IsWanted(DeviceSelectionOutputs outputs) =>
        !outputs.Index.IsEmpty || !outputs.Reward.IsEmpty || !outputs.LogProbability.IsEmpty || !outputs.Margin.IsEmpty
        || !outputs.Lambda.IsEmpty || !outputs.Status.IsEmpty;

    internal static bool IsWanted(DeviceSoftWeightsOutputs outputs) =>
        !outputs.Weights.IsEmpty || !outputs.LogWeights.IsEmpty || !outputs.LogMeanExp.IsEmpty
        || !outputs.EffectiveSampleSize.IsEmpty || !outputs.Entropy.IsEmpty || !outputs.KlToUniform.IsEmpty
        || !outputs.ExpectedReward.IsEmpty || !outputs.ChiSquare.IsEmpty || !outputs.KlFromTiltBound.IsEmpty
        || !outputs.KlFromModelBound.IsEmpty || !outputs.Lambda.IsEmpty || !outputs.Status.IsEmpty;

    /// <summary>Holds, and looks at, everything that a plan will use.</summary>
    private void HoldPlan(ref BufferHolds holds, in RewardPlanRequest request)
    {
        DeviceRewardPlanInputs inputs = request.Inputs;
        DeviceRewardPlanOutputs outputs = request.Outputs;
        DeviceRows prompts = request.Prompts;
        long candidates = prompts.Candidates;
        if (request.Plan.Source.Kind == RewardSourceKind.Head)
        {
            var options = new DeviceRewardScoringOptions
            {
                RowMap = inputs.RowMap,
                Mixture = request.Mixture,
                Gating = inputs.Gating,
            };
            var scored = new DeviceRewardScoringOutputs { Scores = outputs.Scores };
            int rows = DeviceRewardCheck.Run(inputs.Hidden, request.Head, options, scored);
            HoldRewards(ref holds, inputs.Hidden, request.Head, options, scored, rows);
        }

        holds.Reads(core, inputs.Rewards, inputs.Rewards.Length, nameof(inputs.Rewards));
        HoldRows(ref holds, inputs.TokenRows, nameof(inputs.TokenRows));
        holds.Reads(core, inputs.LogProbability, candidates, nameof(inputs.LogProbability));
        holds.Reads(core, inputs.ReferenceLogProbability, candidates, nameof(inputs.ReferenceLogProbability));
        holds.Reads(core, inputs.Length, candidates, nameof(inputs.Length));
        holds.Reads(core, request.Program, request.Program.Length, "the plan's steps");
        holds.Reads(core, request.Powers, request.Powers.Length, "the plan's discounts");
        holds.Writes(core, outputs.Reward, candidates, nameof(outputs.Reward));
        holds.Writes(core, outputs.Status, candidates, nameof(outputs.Status));
        HoldOutputs(ref holds, outputs.Weights, prompts);
        if (request.WantsSelection)
        {
            Throw.IfInvalid(request.Selection.Noise, request.Selection.Seed.IsGiven, request.Selection.Draws);
        }

        HoldSelection(ref holds, request.Selection, outputs.Selection, prompts);
        if (request.WantsSelection || request.WantsWeights)
        {
            IfInvalid(request.Selection.Lambda, prompts.Count);
        }

        HoldRows(ref holds, prompts, nameof(prompts));
        holds.Reads(core, request.Selection.Lambda.Values.Values, prompts.Count, nameof(request.Selection.Lambda));
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

    private ResidentPlan Resident(RewardPlan plan)
    {
        if (!plans.TryGetValue(plan, out ResidentPlan? resident))
        {
            resident = new ResidentPlan(core, plan);
            plans.Add(plan, resident);
        }

        return resident;
    }

    private void DisposeRewards()
    {
        foreach (ResidentPlan plan in plans.Values)
        {
            plan.Dispose();
        }

        foreach (ResidentHead head in heads.Values)
        {
            head.Dispose();
        }
    }
}
