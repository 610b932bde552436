using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <summary>An address where only it matters that there is one.</summary>
    private const nuint SomeAddress = 256;

    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaRewardPlan plan) =>
        BytesOf(TokenRowsOf(in plan)) + BytesOf(ArgsOf(in plan), plan.Prompts);

    /// <summary>
    /// Queues a plan, from features to picks: two launches for a head and picks from short rows, one more for any number of
    /// steps.
    /// </summary>
    /// <remarks>Candidates of ragged prompts are numbered by where their prompts start.</remarks>
    /// <param name="plan">Where rewards come from, prompts and what is wanted.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; nothing was queued.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Run(in CudaRewardPlan plan)
    {
        RewardPlanDeviceArgs args = ArgsOf(in plan);
        CudaRows tokens = TokenRowsOf(in plan);
        using Scope scope = Enter();
        if (plan.Prompts.Rows == 0)
        {
            return;
        }

        ArrayView<byte> memory = Memory(BytesOf(tokens) + BytesOf(args, plan.Prompts));
        programs.Anchor = AnchorOf(in plan);
        if (plan.Prompts.IsListed)
        {
            args.Place(CheckRows(plan.Prompts, plan.Prompts.Packed, ref memory));
        }

        if (tokens.IsListed)
        {
            args.Tokens.Place(CheckRows(tokens, tokens.Memory, ref memory));
        }

        args.Queue(programs, queue, memory);
    }

    private RewardPlanDeviceArgs ArgsOf(in CudaRewardPlan plan)
    {
        plan.Check(this);
        long candidates = plan.Prompts.Packed;
        var args = new RewardPlanDeviceArgs
        {
            Given = ViewOf<float>(plan.Rewards, candidates * plan.Members, nameof(plan.Rewards)),
            Members = plan.Members,
            Penalty = PenaltyOf(plan.LogProbability, plan.ReferenceLogProbability, plan.Length, candidates),
            Prompts = RowsOf(SomeAddress, plan.Prompts),
            Candidates = candidates,
            Reward = ViewOf<float>(plan.Reward, candidates, nameof(plan.Reward)),
            Status = ViewOf<byte>(plan.Status, candidates, nameof(plan.Status)),
        };
        if (plan.Steps is { } steps)
        {
            (args.Steps, args.Program) = (steps.Shape, steps.Program);
        }

        if (plan.Head is { } head)
        {
            args.Head = ArgsOf(in head);
        }

        if (plan.Tokens is { } tokens)
        {
            args.Tokens = ArgsOf(in tokens);
        }

        if (plan.Weights is { } weights)
        {
            args.Weights = ArgsOf(weights with { Rewards = SomeAddress, Rows = plan.Prompts });
            args.WantsWeights = true;
        }

        if (plan.Selection is { } selection)
        {
            args.Selection = ArgsOf(selection with { Rewards = SomeAddress, Rows = plan.Prompts });
            args.WantsSelection = true;
        }

        return args;
    }

    private static CudaRows TokenRowsOf(in CudaRewardPlan plan) => plan.Tokens?.Rows ?? default;

    private nuint AnchorOf(in CudaRewardPlan plan) => plan.Head is { } head ? head.Hidden.Address
        : plan.Tokens is { Rewards: not 0 } tokens ? tokens.Rewards
        : plan.Rewards != 0 ? plan.Rewards
        : workspace;
}
