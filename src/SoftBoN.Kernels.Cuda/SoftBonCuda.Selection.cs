using SoftBoN.Kernels.Cuda.Arguments;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    private const int MaxDraws = (1 << 28) - 1;

    /// <inheritdoc cref="WorkspaceBytes(in CudaSoftWeights)"/>
    public static long WorkspaceBytes(in CudaSelection call)
    {
        call.Rows.Check();
        WorkspaceParts parts = default;
        var plan = new LaunchPlan(call.Rows, call.Distinct);
        plan.TakeGroups(ref parts);
        TakePlaces(in call, in plan, ref parts);
        TakeBudget(call.Lambda, call.Rows, ref parts);
        return parts.Bytes;
    }

    /// <summary>Queues a selection: argmax of reward / lambda + offset + noise.</summary>
    /// <param name="call">Rewards, rows, lambda, seed and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Select(in CudaSelection call)
    {
        CheckRewards(call.Rewards, call.Rows);
        call.Lambda.Check();
        Check(in call);
        using Scope scope = Enter();
        if (call.Rows.Rows == 0)
        {
            return;
        }

        WorkspaceParts parts = Parts(WorkspaceBytes(in call));
        var plan = new LaunchPlan(call.Rows, call.Distinct);
        SelectionKernelArgs args = ArgsOf(in call, in plan);
        args.Shared = Present(plan.TakeGroups(ref parts), call.Rewards);
        KernelView places = TakePlaces(in call, in plan, ref parts);
        args.Places = places.Length > 0 ? places : new KernelView(call.Rewards, 0);
        var budget = new BudgetKernelArgs { Rows = args.Rows, Offsets = args.Offsets, Shared = args.Shared };
        FindLambdas(call.Lambda, call.Rows, in plan, budget, ref parts, ref args.Lambdas);
        Launch(NeedsFull(in call) ? Kernel.Selection : Kernel.Picks, in plan, ref args);
    }

    /// <summary>Whether a call needs more than picks by Gumbel noise.</summary>
    private static bool NeedsFull(in CudaSelection call) => call.Noise != CudaNoise.Gumbel
        || call.Distinct
        || call.Offsets != 0
        || call.Elements != 0
        || call.LogProbability != 0
        || call.Margin != 0;

    /// <summary>Two words for each candidate, in which rows of groups look for elements that are there twice.</summary>
    private static KernelView TakePlaces(in CudaSelection call, in LaunchPlan plan, ref WorkspaceParts parts) =>
        plan.Team == Team.Group && call.Elements != 0 ? parts.Take(2 * call.Rows.Packed, sizeof(int)) : default;

    private static SelectionKernelArgs ArgsOf(in CudaSelection call, in LaunchPlan plan)
    {
        long rows = call.Rows.Rows;
        long packed = call.Rows.Packed;
        long draws = rows * call.Draws;
        nuint rewards = call.Rewards;
        return new SelectionKernelArgs
        {
            Rows = RowsOf(rewards, call.Rows, in plan),
            Lambdas = LambdaOf(call.Lambda, rewards, rows),
            Offsets = new KernelOffsets
            {
                Values = ViewOf(call.Offsets, packed, rewards),
                IsGiven = call.Offsets != 0 ? 1 : 0,
                IsAligned = call.Offsets != 0 && IsAligned(call.Offsets) ? 1 : 0,
            },
            Seeds = ViewOf(call.Seed.Address, rows, rewards),
            Positions = ViewOf(call.Position.Address, rows, rewards),
            Seed = call.Seed.Scalar,
            Position = call.Position.Scalar,
            AreSeedsPerRow = call.Seed.Address != 0 ? 1 : 0,
            ArePositionsPerRow = call.Position.Address != 0 ? 1 : 0,
            IsPositionRow = call.Position.IsGiven ? 0 : 1,
            Noise = (int)call.Noise,
            Draws = call.Draws,
            IsDistinct = call.Distinct ? 1 : 0,
            Elements = ViewOf(call.Elements, packed, rewards),
            HasElements = call.Elements != 0 ? 1 : 0,
            Wanted = PicksOutput.WantedBy(in call),
            Index = ViewOf(call.Index, draws, rewards),
            Reward = ViewOf(call.Reward, draws, rewards),
            LogProbability = ViewOf(call.LogProbability, draws, rewards),
            Margin = ViewOf(call.Margin, draws, rewards),
            LambdaUsed = ViewOf(call.LambdaUsed, rows, rewards),
            Status = ViewOf(call.Status, rows, rewards),
        };
    }

    private static void Check(in CudaSelection call)
    {
        if (call.Noise is < CudaNoise.Gumbel or > CudaNoise.None)
        {
            Throw.OutOfRange("Noise", call.Noise, "Must be Gumbel, UniformRace or None.");
        }

        if (call.Noise != CudaNoise.None && !call.Seed.IsGiven)
        {
            Throw.Argument("Seed is not set; pass a seed, or one per row, or Noise = None.", "Seed");
        }

        if (call.Draws is < 1 or > MaxDraws)
        {
            Throw.OutOfRange("Draws", call.Draws, $"Must be 1 to {MaxDraws}.");
        }

        CheckAddress(call.Lambda.Values.Address, sizeof(float), nameof(call.Lambda));
        CheckAddress(call.Seed.Address, sizeof(ulong), nameof(call.Seed));
        CheckAddress(call.Position.Address, sizeof(ulong), nameof(call.Position));
        CheckAddress(call.Offsets, sizeof(float), nameof(call.Offsets));
        CheckAddress(call.Elements, sizeof(uint), nameof(call.Elements));
        CheckAddress(call.Index, sizeof(int), nameof(call.Index));
        CheckAddress(call.Reward, sizeof(float), nameof(call.Reward));
        CheckAddress(call.LogProbability, sizeof(float), nameof(call.LogProbability));
        CheckAddress(call.Margin, sizeof(float), nameof(call.Margin));
        CheckAddress(call.LambdaUsed, sizeof(float), nameof(call.LambdaUsed));
    }
}
