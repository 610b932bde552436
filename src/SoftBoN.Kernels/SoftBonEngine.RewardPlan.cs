using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>Runs a plan: from features to rewards, weights and picks, in one go.</summary>
    /// <remarks>
    /// Prompts are worked on some at a time, so that rewards between steps stay in the nearest cache and need no memory of
    /// the caller's. Order, NaN, reproducibility: as the operations have them; results are those of separate calls, to the bit.
    /// A candidate without a reward gives its prompt the status RewardNaN, as it does in a selection.
    /// </remarks>
    /// <param name="plan">Where rewards come from and what becomes of them; ends with one reward per candidate.</param>
    /// <param name="inputs">What the plan needs.</param>
    /// <param name="prompts">
    /// Which candidates each prompt has: <c>Rows.Dense(prompts, candidates)</c>, or <c>Rows.Ragged(offsets)</c> from 0 on.
    /// </param>
    /// <param name="selection">
    /// Temperature, seed and the rest; of it, soft weights need the lambda, and rewards nothing.
    /// </param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of prompts.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="DeviceExecutionException">The device ran out of memory or failed.</exception>
    public void Run(
        RewardPlan plan,
        RewardPlanInputs inputs,
        Rows prompts,
        SelectionOptions selection,
        RewardPlanOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        core.ThrowIfUnusable();
        using RowsBinding binding = RewardPlanCheck.Run(plan, inputs, prompts, outputs);
        using RowsBinding tokens = plan.Source.Kind == RewardSourceKind.Tokens
            ? RowsBinding.Of(inputs.TokenRows, inputs.Rewards.Length)
            : default;
        bool wantsSelection = RewardPlanCheck.IsWanted(outputs.Selection);
        if (wantsSelection)
        {
            Check(selection, outputs.Selection, binding.Count, binding.Packed);
        }

        bool wantsWeights = RewardPlanCheck.IsWanted(outputs.Weights);
        if (wantsWeights)
        {
            Check(selection.Lambda, outputs.Weights, binding.Count, binding.Packed);
        }

        ref byte hiddenStart = ref inputs.Hidden.Start;
        fixed (byte* hidden = &hiddenStart)
        fixed (float* gating = inputs.Gating, values = inputs.Rewards)
        fixed (int* rowMap = inputs.RowMap, lengths = inputs.TokenRows.Lengths, length = inputs.Length)
        fixed (long* starts = inputs.TokenRows.Starts, packedStarts = tokens.PackedStarts, offsets = prompts.Starts)
        fixed (float* log = inputs.LogProbability, reference = inputs.ReferenceLogProbability)
        fixed (float* scores = outputs.Scores, reward = outputs.Reward, weights = outputs.Weights.Weights)
        fixed (RewardStep* steps = plan.Steps)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new RewardPlanArgs
            {
                Members = plan.Source.Members,
                Steps = steps,
                StepCount = plan.Steps.Length,
                LogProbability = log,
                ReferenceLogProbability = reference,
                Length = length,
                Prompts = Source(prompts, in binding, null, offsets, null, null),
                WantsWeights = wantsWeights,
                WantsSelection = wantsSelection,
                Reward = reward,
                Status = status,
            };
            float[] discounts = [];
            switch (plan.Source.Kind)
            {
                case RewardSourceKind.Head:
                    args.Head = plan.Source.HeadArgs();
                    args.Head.Hidden = SourceOf(inputs.Hidden, hidden);
                    args.Head.RowMap = rowMap;
                    args.Head.Gating = gating;
                    args.Head.Scores = scores;
                    break;
                case RewardSourceKind.Tokens:
                    args.Tokens = plan.Source.TokenArgs(LongestToPool(inputs.TokenRows), out discounts);
                    args.Tokens.Rows = Source(inputs.TokenRows, in tokens, values, starts, lengths, packedStarts);
                    break;
                default:
                    args.Given = values;
                    args.GivenStride = binding.Packed;
                    break;
            }

            CallMemory memory = default;
            AddMemory(in args, inputs, binding.Packed, ref memory);
            var then = new PlannedSelection { Plan = &args, Options = selection, Outputs = outputs.Selection };
            Run(
                args.Prompts,
                in binding,
                selection.Lambda,
                outputs.Weights,
                weights,
                then,
                ref memory,
                cancellationToken);
            GC.KeepAlive(plan);
            GC.KeepAlive(discounts);
        }
    }

    private static void AddMemory(
        in RewardPlanArgs args, RewardPlanInputs inputs, long candidates, ref CallMemory memory)
    {
        memory.Reads((byte*)args.Head.Hidden.Values, inputs.Hidden.ExtentInBytes, "the hidden values");
        memory.Reads(args.Head.RowMap, inputs.RowMap.Length, "the row map");
        memory.Reads(args.Head.Gating, inputs.Gating.Length, "the gating");
        memory.Reads(args.Given, inputs.Rewards.Length, "the rewards");
        memory.Reads(args.Tokens.Rows.Values, inputs.Rewards.Length, "the rewards");
        memory.Reads(args.LogProbability, inputs.LogProbability.Length, "the log-probabilities");
        memory.Reads(
            args.ReferenceLogProbability, inputs.ReferenceLogProbability.Length, "the reference's log-probabilities");
        memory.Reads(args.Length, inputs.Length.Length, "the lengths");
        memory.Writes(args.Head.Scores, candidates * args.Head.Heads, nameof(RewardPlanOutputs.Scores));
        memory.Writes(args.Reward, candidates, nameof(RewardPlanOutputs.Reward));
        memory.Writes(args.Status, candidates, nameof(RewardPlanOutputs.Status));
    }

    /// <summary>Runs a plan whose arguments are complete.</summary>
    private void Run(RewardPlanArgs* plan, in RowsBinding binding, CancellationToken cancellationToken)
    {
        long tokens = plan->Tokens.Rows.Count == 0 ? 0 : plan->Tokens.Rows.Count * plan->Tokens.Rows.Columns;
        long perCandidate = plan->Members + plan->StepCount + 1 + ((long)plan->Head.Dimension * plan->Head.Heads);
        var size = new CallSize(binding.Packed, (binding.Packed * perCandidate) + tokens);
        using Telemetry.Call call = Telemetry.Start("RewardPlan", Device.Backend, binding.Count);
        core.Run(in *plan, size, cancellationToken);
    }

    /// <summary>What a plan does after weights; nothing where soft weights are a call of their own.</summary>
    private readonly ref struct PlannedSelection
    {
        public RewardPlanArgs* Plan { get; init; }

        public SelectionOptions Options { get; init; }

        public SelectionOutputs Outputs { get; init; }
    }
}
