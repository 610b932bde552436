using SoftBoN.Kernels.Cuda.Arguments;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Cuda;

public sealed partial class SoftBonCuda
{
    /// <summary>The bytes of workspace that a call needs.</summary>
    /// <param name="call">The call; its addresses do not matter, but which of them are 0 does.</param>
    /// <returns>The bytes, which grow with rows and columns.</returns>
    /// <exception cref="ArgumentException">Rows are out of range.</exception>
    public static long WorkspaceBytes(in CudaSoftWeights call)
    {
        call.Rows.Check();
        WorkspaceParts parts = default;
        new LaunchPlan(call.Rows, hasMarks: false).TakeGroups(ref parts);
        TakeBudget(call.Lambda, call.Rows, ref parts);
        return parts.Bytes;
    }

    /// <summary>Queues soft weights and their diagnostics.</summary>
    /// <param name="call">Rewards, rows, lambda and outputs.</param>
    /// <exception cref="ArgumentException">A number or an address is out of range; the message says which.</exception>
    /// <exception cref="InvalidOperationException">There is too little workspace, or an earlier fault.</exception>
    /// <exception cref="CudaFaultException">The driver reported an error.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void SoftWeights(in CudaSoftWeights call)
    {
        CheckRewards(call.Rewards, call.Rows);
        call.Lambda.Check();
        CheckOutputs(in call);
        using Scope scope = Enter();
        if (call.Rows.Rows == 0)
        {
            return;
        }

        WorkspaceParts parts = Parts(WorkspaceBytes(in call));
        var plan = new LaunchPlan(call.Rows, hasMarks: false);
        SoftWeightsKernelArgs args = ArgsOf(in call, in plan);
        args.Shared = Present(plan.TakeGroups(ref parts), call.Rewards);
        var none = new KernelOffsets { Values = new KernelView(call.Rewards, 0) };
        var budget = new BudgetKernelArgs { Rows = args.Rows, Offsets = none, Shared = args.Shared };
        FindLambdas(call.Lambda, call.Rows, in plan, budget, ref parts, ref args.Lambdas);
        bool isFull = (args.Wanted & ~WeightsOutput.Plain) != 0;
        Launch(isFull ? Kernel.SoftWeights : Kernel.Weights, in plan, ref args);
    }

    private static SoftWeightsKernelArgs ArgsOf(in CudaSoftWeights call, in LaunchPlan plan)
    {
        long rows = call.Rows.Rows;
        long packed = call.Rows.Packed;
        nuint rewards = call.Rewards;
        return new SoftWeightsKernelArgs
        {
            Rows = RowsOf(rewards, call.Rows, in plan),
            Lambdas = LambdaOf(call.Lambda, rewards, rows),
            Wanted = WeightsOutput.WantedBy(in call),
            AreWeightsAligned = IsAligned(call.Weights) && IsAligned(call.LogWeights) ? 1 : 0,
            Weights = ViewOf(call.Weights, packed, rewards),
            LogWeights = ViewOf(call.LogWeights, packed, rewards),
            LogMeanExp = ViewOf(call.LogMeanExp, rows, rewards),
            EffectiveSampleSize = ViewOf(call.EffectiveSampleSize, rows, rewards),
            Entropy = ViewOf(call.Entropy, rows, rewards),
            KlToUniform = ViewOf(call.KlToUniform, rows, rewards),
            ExpectedReward = ViewOf(call.ExpectedReward, rows, rewards),
            ChiSquare = ViewOf(call.ChiSquare, rows, rewards),
            KlFromTiltBound = ViewOf(call.KlFromTiltBound, rows, rewards),
            KlFromModelBound = ViewOf(call.KlFromModelBound, rows, rewards),
            LambdaUsed = ViewOf(call.LambdaUsed, rows, rewards),
            Status = ViewOf(call.Status, rows, rewards),
        };
    }

    private static void CheckOutputs(in CudaSoftWeights call)
    {
        CheckAddress(call.Lambda.Values.Address, sizeof(float), nameof(call.Lambda));
        CheckAddress(call.Weights, sizeof(float), nameof(call.Weights));
        CheckAddress(call.LogWeights, sizeof(float), nameof(call.LogWeights));
        CheckAddress(call.LogMeanExp, sizeof(float), nameof(call.LogMeanExp));
        CheckAddress(call.EffectiveSampleSize, sizeof(float), nameof(call.EffectiveSampleSize));
        CheckAddress(call.Entropy, sizeof(float), nameof(call.Entropy));
        CheckAddress(call.KlToUniform, sizeof(float), nameof(call.KlToUniform));
        CheckAddress(call.ExpectedReward, sizeof(float), nameof(call.ExpectedReward));
        CheckAddress(call.ChiSquare, sizeof(float), nameof(call.ChiSquare));
        CheckAddress(call.KlFromTiltBound, sizeof(float), nameof(call.KlFromTiltBound));
        CheckAddress(call.KlFromModelBound, sizeof(float), nameof(call.KlFromModelBound));
        CheckAddress(call.LambdaUsed, sizeof(float), nameof(call.LambdaUsed));
    }
}
