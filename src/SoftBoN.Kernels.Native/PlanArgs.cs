using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native;

/// <summary>A step of a plan (softbon_step).</summary>
internal struct NativeStep
{
    public int Kind;
    public int How;
    public float First;
    public float Second;
    public NativeArray<float> Table;

    /// <summary>The step for a context of CUDA, once it is known to be one; numbers are those of softbon.h.</summary>
    public readonly CudaRewardStep OfCuda()
    {
        const int Table = 3;
        const int Clip = 4;
        return Kind switch
        {
            PlanArgs.Penalize => CudaRewardStep.Penalize(First, Second),
            PlanArgs.Ensemble => CudaRewardStep.Ensemble(new((CudaPoolingKind)How, First)),
            _ when How == Table => CudaRewardStep.Calibrate(this.Table.Read("table")),
            _ when How == Clip => CudaRewardStep.Clip(First, Second),
            _ => CudaRewardStep.Calibrate(CudaCalibrationKind.ZScore + How),
        };
    }
}

/// <summary>Where a plan's rewards come from, and the steps that change them (softbon_plan_args).</summary>
internal unsafe struct PlanArgs
{
    public const int Calibrate = 1;
    public const int Ensemble = 2;
    public const int Penalize = 3;

    private const int FromHead = 0;
    private const int FromGatedHead = 1;
    private const int FromRewards = 2;
    private const int FromTokens = 3;

    public uint Size;
    public int Source;
    public NativeMatrix Weights;
    public NativeArray<float> Bias;
    public NativeArray<float> Mixture;
    public int Members;
    public int Pooling;
    public float PoolingParameter;
    public int Reserved;
    public NativeStep* Steps;
    public long StepCount;

    /// <summary>The plan, which keeps copies of all that it needs.</summary>
    public readonly NativePlan Read()
    {
        if (StepCount < 0 || (Steps == null && StepCount > 0))
        {
            NativeFault.Argument($"step_count is {StepCount}; pass steps, and how many there are.");
        }

        RewardPlan plan = Begin();
        var steps = new List<CudaRewardStep>();
        for (long i = 0; i < StepCount; i++)
        {
            plan = With(plan, in Steps[i], i);
            steps.Add(Steps[i].OfCuda());
        }

        return new NativePlan(
            plan, [.. steps], Source == FromTokens ? new((CudaPoolingKind)Pooling, PoolingParameter) : default);
    }

    private readonly RewardPlan Begin()
    {
        var head = new RewardHead { Weights = Weights.Read("weights"), Bias = Bias.Read("bias") };
        switch (Source)
        {
            case FromHead:
                return RewardPlan.FromHead(head, Mixture.Read("mixture"));
            case FromGatedHead:
                return RewardPlan.FromGatedHead(head);
            case FromRewards:
                return RewardPlan.FromRewards(Members == 0 ? 1 : Members);
            case FromTokens:
                return RewardPlan.FromTokens(PoolingOf(Pooling, PoolingParameter, "pooling"));
            default:
                NativeFault.Argument($"source is {Source}; pass 0 to {FromTokens}, a softbon_source.");
                return null;
        }
    }

    private static RewardPlan With(RewardPlan plan, in NativeStep step, long number)
    {
        string name = $"steps[{number}]";
        switch (step.Kind)
        {
            case Calibrate:
                return plan.Calibrate(CalibrationOf(in step, name));
            case Ensemble:
                return plan.Ensemble(PoolingOf(step.How, step.First, name + ".how"));
            case Penalize:
                return plan.Penalize(step.First, step.Second);
            default:
                NativeFault.Argument($"{name}.kind is {step.Kind}; pass {Calibrate} to {Penalize}, a softbon_step_kind.");
                return plan;
        }
    }

    private static RewardCalibration CalibrationOf(in NativeStep step, string name)
    {
        const int Clip = 4;
        switch (step.How)
        {
            case 0:
                return RewardCalibration.ZScore;
            case 1:
                return RewardCalibration.MinMax;
            case 2:
                return RewardCalibration.Quantile;
            case 3:
                return RewardCalibration.FromTable(step.Table.Read(name + ".table"));
            case Clip:
                return RewardCalibration.Clip(step.First, step.Second);
            default:
                NativeFault.Argument($"{name}.how is {step.How}; pass 0 to {Clip}, a softbon_calibration.");
                return default;
        }
    }

    private static RewardPooling PoolingOf(int how, float parameter, string name)
    {
        const int MeanLessVariance = 8;
        switch (how)
        {
            case 0:
                return RewardPooling.Sum;
            case 1:
                return RewardPooling.Mean;
            case 2:
                return RewardPooling.Last;
            case 3:
                return RewardPooling.Min;
            case 4:
                return RewardPooling.Max;
            case 5:
                return RewardPooling.Product;
            case 6:
                return RewardPooling.LogProduct;
            case 7:
                return RewardPooling.DiscountedSum(parameter);
            case MeanLessVariance:
                return RewardPooling.MeanLessVariance(parameter);
            default:
                NativeFault.Argument($"{name} is {how}; pass 0 to {MeanLessVariance}, a softbon_pooling.");
                return default;
        }
    }
}
