using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Native;

/// <summary>The arguments of soft weights (softbon_weights_args).</summary>
internal struct WeightsArgs
{
    public uint Size;
    public uint Reserved;
    public NativeArray<float> Rewards;
    public NativeRows Rows;
    public NativeLambda Lambda;
    public NativeArray<float> Weights;
    public NativeArray<float> LogWeights;
    public NativeArray<float> LogMeanExp;
    public NativeArray<float> EffectiveSampleSize;
    public NativeArray<float> Entropy;
    public NativeArray<float> KlToUniform;
    public NativeArray<float> ExpectedReward;
    public NativeArray<float> ChiSquare;
    public NativeArray<float> KlFromTiltBound;
    public NativeArray<float> KlFromModelBound;
    public NativeArray<float> LambdaUsed;
    public NativeArray<RowStatus> Status;

    public static unsafe void Run(SoftBonEngine engine, in WeightsArgs args)
    {
        bool isHuge = NativeRows.IsHuge(in args.Rewards);
        Span<float> weights = args.Weights.Write("weights");
        var outputs = new SoftWeightsOutputs
        {
            Weights = isHuge ? default : weights,
            LogWeights = args.LogWeights.Write("log_weights"),
            LogMeanExp = args.LogMeanExp.Write("log_mean_exp"),
            EffectiveSampleSize = args.EffectiveSampleSize.Write("effective_sample_size"),
            Entropy = args.Entropy.Write("entropy"),
            KlToUniform = args.KlToUniform.Write("kl_to_uniform"),
            ExpectedReward = args.ExpectedReward.Write("expected_reward"),
            ChiSquare = args.ChiSquare.Write("chi_square"),
            KlFromTiltBound = args.KlFromTiltBound.Write("kl_from_tilt_bound"),
            KlFromModelBound = args.KlFromModelBound.Write("kl_from_model_bound"),
            Lambda = args.LambdaUsed.Write("lambda_used"),
            Status = args.Status.Write("status"),
        };
        if (isHuge)
        {
            TensorSpan<float> tensor = weights.IsEmpty
                ? default
                : new(args.Weights.Data, (nint)args.Weights.Count, [args.Rows.Count, args.Rows.Columns]);
            engine.SoftWeights(args.Rows.ReadHuge(in args.Rewards), args.Lambda.Read(), tensor, outputs);
        }
        else
        {
            engine.SoftWeights(args.Rewards.Read("rewards"), args.Rows.Read(), args.Lambda.Read(), outputs);
        }
    }
}
