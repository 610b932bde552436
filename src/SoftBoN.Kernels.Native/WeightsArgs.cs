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
        if (NativeRows.IsHuge(in args.Rewards))
        {
            TensorSpan<float> tensor = args.Weights.Write("weights").IsEmpty
                ? default
                : new(args.Weights.Data, (nint)args.Weights.Count, [args.Rows.Count, args.Rows.Columns]);
            SoftWeightsOutputs outputs = args.Outputs(default);
            engine.SoftWeights(args.Rows.ReadHuge(in args.Rewards), args.Lambda.Read(), tensor, outputs);
        }
        else
        {
            engine.SoftWeights(
                args.Rewards.Read("rewards"), args.Rows.Read("rows"), args.Lambda.Read(), args.Outputs());
        }
    }

    public readonly SoftWeightsOutputs Outputs() => Outputs(Weights.Write("weights"));

    private readonly SoftWeightsOutputs Outputs(Span<float> weights) => new()
    {
        Weights = weights,
        LogWeights = LogWeights.Write("log_weights"),
        LogMeanExp = LogMeanExp.Write("log_mean_exp"),
        EffectiveSampleSize = EffectiveSampleSize.Write("effective_sample_size"),
        Entropy = Entropy.Write("entropy"),
        KlToUniform = KlToUniform.Write("kl_to_uniform"),
        ExpectedReward = ExpectedReward.Write("expected_reward"),
        ChiSquare = ChiSquare.Write("chi_square"),
        KlFromTiltBound = KlFromTiltBound.Write("kl_from_tilt_bound"),
        KlFromModelBound = KlFromModelBound.Write("kl_from_model_bound"),
        Lambda = LambdaUsed.Write("lambda_used"),
        Status = Status.Write("status"),
    };
}
