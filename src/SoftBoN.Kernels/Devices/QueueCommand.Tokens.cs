using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <content>The token tilt.</content>
internal sealed partial class QueueCommand
{
    public void Set(in TokenTiltRequest request)
    {
        DeviceTokenTiltOptions options = request.Options;
        launch = launches.Tokens;
        ref TokenTiltDeviceArgs args = ref launches.Tokens.Args;
        args = new TokenTiltDeviceArgs
        {
            Rows = request.Rows,
            Columns = request.Logits.Columns,
            Logits = TokensOf(request.Logits),
            RowMap = DeviceMemory.View(options.RowMap),
            Mask = DeviceMemory.View(options.Mask.Words),
            MaskStride = options.Mask.RowStride,
            Rewards = TokensOf(options.Rewards),
            RewardMap = DeviceMemory.View(options.RewardMap),
            SparseStarts = DeviceMemory.View(options.SparseRewards.Offsets),
            SparseTokens = DeviceMemory.View(options.SparseRewards.Tokens),
            SparseValues = DeviceMemory.View(options.SparseRewards.Values),
        };
        SetParameters(ref args, options);
        SetOutputs(ref args, request.Outputs);
    }

    private static void SetParameters(ref TokenTiltDeviceArgs args, DeviceTokenTiltOptions options)
    {
        args.LambdaKind = options.Lambda.Kind;
        args.Lambda = ArgOf(options.Lambda.Values);
        args.Temperature = ArgOf(options.Temperature, 1f);
        args.Mode.Values = DeviceMemory.View(options.Mode.Values).Cast<byte>();
        args.Mode.Scalar = (byte)options.Mode.Scalar;
        args.TopK = ArgOf(options.TopK);
        args.TopP = ArgOf(options.TopP, 1f);
        args.MinP = ArgOf(options.MinP);
        args.TopNSigma = ArgOf(options.TopNSigma, float.PositiveInfinity);
        args.LeastLogit = ArgOf(options.LeastLogit, float.NegativeInfinity);
        args.Seed = ArgOf(options.Seed);
        args.Position = ArgOf(options.Position);
        args.PositionIsRow = !options.Position.IsGiven;
        args.Noise = options.Noise;
        args.Draws = options.Draws;
        args.Proposals = options.Proposals;
        args.Top = options.Top;
    }

    private static void SetOutputs(ref TokenTiltDeviceArgs args, DeviceTokenTiltOutputs outputs)
    {
        args.Token = DeviceMemory.View(outputs.Token);
        args.Rank = DeviceMemory.View(outputs.Rank);
        args.LogProbability = DeviceMemory.View(outputs.LogProbability);
        args.BaseLogProbability = DeviceMemory.View(outputs.BaseLogProbability);
        args.ModelLogProbability = DeviceMemory.View(outputs.ModelLogProbability);
        args.TopToken = DeviceMemory.View(outputs.TopToken);
        args.TopLogProbability = DeviceMemory.View(outputs.TopLogProbability);
        args.TiltedLogits = TokensOf(outputs.TiltedLogits);
        args.Probabilities = TokensOf(outputs.Probabilities);
        args.LeastKept = DeviceMemory.View(outputs.LeastKept);
        args.LogSumExp = DeviceMemory.View(outputs.LogSumExp);
        args.BaseLogSumExp = DeviceMemory.View(outputs.BaseLogSumExp);
        args.Kl = DeviceMemory.View(outputs.Kl);
        args.EffectiveSampleSize = DeviceMemory.View(outputs.EffectiveSampleSize);
        args.Status = DeviceMemory.View(outputs.Status).Cast<byte>();
    }

    private static DeviceArg<T> ArgOf<T>(DevicePerRow<T> values, T none)
        where T : unmanaged => values.IsGiven ? ArgOf(values) : new() { Scalar = none };

    private static DeviceTokens TokensOf(DeviceTokenMatrix matrix) => new()
    {
        Element = matrix.Element,
        RowStride = matrix.RowStride,
        Rows = matrix.Rows,
        Wide = DeviceMemory.View(matrix.Floats),
        Narrow = matrix.Element == TokenElement.Half
            ? DeviceMemory.View(matrix.Halves).Cast<ushort>()
            : DeviceMemory.View(matrix.BFloats),
    };
}
