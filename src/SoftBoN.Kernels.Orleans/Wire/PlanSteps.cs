using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>The steps of a plan on their way, and the plan that is made of them again.</summary>
internal static unsafe class PlanSteps
{
    public static void Write(ref PartWriter writer, RewardStep* steps, int count)
    {
        writer.Scalar(count);
        for (int i = 0; i < count; i++)
        {
            RewardStep* step = steps + i;
            writer.Scalar(new Form
            {
                Kind = step->Kind,
                Calibration = step->Calibration.Kind,
                Low = step->Calibration.Low,
                High = step->Calibration.High,
                Ensemble = step->Ensemble.Kind,
                Parameter = step->Ensemble.VarianceWeight,
                Beta = step->Beta,
                Gamma = step->Gamma,
            });
            writer.Values(step->Calibration.Table, 0, step->Calibration.TableLength);
        }
    }

    /// <summary>The plan with the steps that come next.</summary>
    public static RewardPlan Read(ref PartReader reader, RewardPlan plan)
    {
        int count = reader.Scalar<int>();
        for (int i = 0; i < count; i++)
        {
            Form form = reader.Scalar<Form>();
            ReadOnlySpan<float> table = reader.Values<float>();
            plan = form.Kind switch
            {
                RewardStepKind.Calibrate => plan.Calibrate(CalibrationOf(in form, table)),
                RewardStepKind.Ensemble => plan.Ensemble(PoolingOf(form.Ensemble, form.Parameter)),
                _ => plan.Penalize(form.Beta, form.Gamma),
            };
        }

        return plan;
    }

    /// <summary>A pooling from its kind and its one number.</summary>
    public static RewardPooling PoolingOf(RewardPoolingKind kind, float parameter) => kind switch
    {
        RewardPoolingKind.Sum => RewardPooling.Sum,
        RewardPoolingKind.Mean => RewardPooling.Mean,
        RewardPoolingKind.Last => RewardPooling.Last,
        RewardPoolingKind.Min => RewardPooling.Min,
        RewardPoolingKind.Max => RewardPooling.Max,
        RewardPoolingKind.Product => RewardPooling.Product,
        RewardPoolingKind.LogProduct => RewardPooling.LogProduct,
        RewardPoolingKind.DiscountedSum => RewardPooling.DiscountedSum(parameter),
        RewardPoolingKind.MeanLessVariance => RewardPooling.MeanLessVariance(parameter),
        _ => throw new ClusterException($"Pooling {kind} is not known; run the same version on both sides."),
    };

    private static RewardCalibration CalibrationOf(in Form form, ReadOnlySpan<float> table) => form.Calibration switch
    {
        RewardCalibrationKind.ZScore => RewardCalibration.ZScore,
        RewardCalibrationKind.MinMax => RewardCalibration.MinMax,
        RewardCalibrationKind.Quantile => RewardCalibration.Quantile,
        RewardCalibrationKind.Table => RewardCalibration.FromTable(table),
        RewardCalibrationKind.Clip => RewardCalibration.Clip(form.Low, form.High),
        _ => throw new ClusterException($"Calibration {form.Calibration} is not known; run the same version on both sides."),
    };

    private struct Form
    {
        public RewardStepKind Kind;
        public RewardCalibrationKind Calibration;
        public RewardPoolingKind Ensemble;
        public float Parameter;
        public float Low;
        public float High;
        public float Beta;
        public float Gamma;
    }
}
