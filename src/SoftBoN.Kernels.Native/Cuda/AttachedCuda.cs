using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>What is attached to a context, and what plans have in its memory.</summary>
internal sealed class AttachedCuda(SoftBonCuda cuda)
{
    private readonly Dictionary<NativePlan, ResidentPlan> plans = [];

    public SoftBonCuda Cuda => cuda;

    /// <summary>What a plan has in the context's memory; copied there by the first call that runs it or asks for its workspace.</summary>
    public ResidentPlan PlanOf(NativePlan plan)
    {
        if (!plans.TryGetValue(plan, out ResidentPlan? resident))
        {
            resident = new ResidentPlan(cuda, plan);
            plans.Add(plan, resident);
        }

        return resident;
    }
}

/// <summary>A plan's weights, steps and discounts in the memory of a context.</summary>
internal sealed class ResidentPlan
{
    private const int LongestToPool = 1 << 24;

    private readonly SoftBonCuda cuda;
    private CudaPooling tokens;
    private int longest;

    public ResidentPlan(SoftBonCuda cuda, NativePlan plan)
    {
        this.cuda = cuda;
        tokens = plan.Tokens;
        RewardSource source = plan.Plan.Source;
        if (source.Kind == RewardSourceKind.Head)
        {
            Weights = new CudaMatrix(
                cuda.Upload(source.PreparedWeights), source.Heads, source.Dimension, source.PreparedStride);
            (Bias, Mixture) = (cuda.Upload(source.Bias), cuda.Upload(source.Mixture));
        }

        Steps = plan.Steps.Length == 0 ? null : cuda.Prepare(source.Members, plan.Steps);
    }

    public CudaMatrix Weights { get; }

    public nuint Bias { get; }

    public nuint Mixture { get; }

    public CudaRewardSteps? Steps { get; }

    /// <summary>How rows of tokens are pooled, none longer than announced.</summary>
    public CudaPooling TokensOf(int rows)
    {
        if (rows > longest || longest == 0)
        {
            // Twice as many as are needed: rows that grow a little each call are no reason to copy each time.
            longest = rows > LongestToPool ? rows : (int)Math.Min(2L * Math.Max(0, rows), LongestToPool);
            tokens = cuda.Prepare(tokens, longest);
        }

        return tokens;
    }
}
