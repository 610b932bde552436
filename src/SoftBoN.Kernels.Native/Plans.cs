using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native;

/// <summary>A plan of a caller: for engines, and what contexts of CUDA need besides.</summary>
/// <param name="plan">The plan.</param>
/// <param name="steps">Its steps once more.</param>
/// <param name="tokens">How it pools tokens; the default where it does not.</param>
internal sealed class NativePlan(RewardPlan plan, CudaRewardStep[] steps, CudaPooling tokens)
{
    public RewardPlan Plan => plan;

    public CudaRewardStep[] Steps => steps;

    public CudaPooling Tokens => tokens;
}

/// <summary>Plans by the numbers that callers hold. A call that runs one that is destroyed goes on.</summary>
internal static class Plans
{
    private static readonly Handles<NativePlan> All = new("plan", "destroyed", "softbon_plan_create");

    public static ulong Create(in PlanArgs args) => All.Add(args.Read());

    public static NativePlan At(ulong number) => All.At(number);

    public static void Destroy(ulong number) => All.Take(number);
}
