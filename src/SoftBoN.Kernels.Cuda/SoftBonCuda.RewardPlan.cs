using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public long WorkspaceBytes(in CudaRewardPlan plan)
    {
        plan.Check();
        Workspace parts = default;
        TakeRewards(in plan, ref parts);
        CudaRewardScoring head = plan.Head;
        long bytes = programs.WorkspaceBytes(ArgsOf(in head));
        if (plan.Weights is { } weights)
        {
            bytes = Math.Max(bytes, WorkspaceBytes(OfPlan(weights, in plan, SomeAddress)));
        }

        if (plan.Selection is { } selection)
        {
            bytes = Math.Max(bytes, WorkspaceBytes(OfPlan(selection, in plan, SomeAddress)));
        }

        return parts.Bytes + bytes;
    }

    /// <summary>
    /// Queues a plan, scores, then weights, then picks: two launches for a head and a selection from short rows.
    /// </summary>
    /// <param name="plan">Heads, prompts and what is wanted.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; nothing was queued.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Run(in CudaRewardPlan plan)
    {
        long needed = WorkspaceBytes(in plan);
        using Scope scope = Enter();
        if (plan.Head.Rows == 0 && plan.Prompts.Rows == 0)
        {
            return;
        }

        ArrayView<byte> memory = Memory(needed);
        var parts = new Workspace(memory);
        ArrayView<float> own = TakeRewards(in plan, ref parts);
        nuint rewards = own.Length > 0 ? own.Address : plan.Head.Reward;
        (nuint before, long beforeBytes) = (workspace, workspaceBytes);
        try
        {
            // What a piece of the plan needs is needed by that piece alone: the stream runs them one after the other.
            (workspace, workspaceBytes) = (workspace + (nuint)parts.Bytes, workspaceBytes - parts.Bytes);
            ScoreRewards(plan.Head with { Reward = rewards });
            if (plan.Weights is { } weights)
            {
                SoftWeights(OfPlan(weights, in plan, rewards));
            }

            if (plan.Selection is { } selection)
            {
                Select(OfPlan(selection, in plan, rewards));
            }
        }
        finally
        {
            (workspace, workspaceBytes) = (before, beforeBytes);
        }
    }

    /// <summary>An address where only it matters that there is one.</summary>
    private const nuint SomeAddress = 256;

    private static CudaSoftWeights OfPlan(CudaSoftWeights weights, in CudaRewardPlan plan, nuint rewards) =>
        weights with { Rewards = rewards, Rows = plan.Prompts };

    private static CudaSelection OfPlan(CudaSelection selection, in CudaRewardPlan plan, nuint rewards) =>
        selection with { Rewards = rewards, Rows = plan.Prompts };

    private static ArrayView<float> TakeRewards(in CudaRewardPlan plan, ref Workspace parts) =>
        plan.Head.Reward == 0 ? parts.Take<float>(plan.Head.Rows) : default;
}
