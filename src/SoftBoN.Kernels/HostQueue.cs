using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Work in the processor's memory: done when its call returns, on the engine's team of threads.</summary>
internal sealed unsafe partial class HostQueue(HostCore core) : QueueCore
{
    public override void Run(in SoftWeightsRequest request, ref BufferHolds holds)
    {
        DeviceSoftWeightsOutputs outputs = request.Outputs;
        using var listed = new ListedRows(request.Rewards, request.Rows);
        fixed (long* starts = listed.Starts, packedStarts = listed.PackedStarts)
        fixed (int* lengths = listed.Lengths)
        {
            var args = new SoftWeightsArgs
            {
                Rows = listed.Source(starts, lengths, packedStarts),
                Lambda = LambdaOf(request.Lambda),
                Weights = At(outputs.Weights),
                LogWeights = At(outputs.LogWeights),
                LogMeanExp = At(outputs.LogMeanExp),
                EffectiveSampleSize = At(outputs.EffectiveSampleSize),
                Entropy = At(outputs.Entropy),
                KlToUniform = At(outputs.KlToUniform),
                ExpectedReward = At(outputs.ExpectedReward),
                ChiSquare = At(outputs.ChiSquare),
                KlFromTiltBound = At(outputs.KlFromTiltBound),
                KlFromModelBound = At(outputs.KlFromModelBound),
                LambdaUsed = At(outputs.Lambda),
                Status = At(outputs.Status),
            };
            core.Run(in args, SizeOf(request.Rows), CancellationToken.None);
        }
    }

    public override void Run(in SelectionRequest request, ref BufferHolds holds)
    {
        DeviceSelectionOptions options = request.Options;
        DeviceSelectionOutputs outputs = request.Outputs;
        using var listed = new ListedRows(request.Rewards, request.Rows);
        fixed (long* starts = listed.Starts, packedStarts = listed.PackedStarts)
        fixed (int* lengths = listed.Lengths)
        {
            var args = new SelectionArgs
            {
                Rows = listed.Source(starts, lengths, packedStarts),
                Lambda = LambdaOf(options.Lambda),
                Seed = PerRow(options.Seed),
                Position = PerRow(options.Position),
                PositionIsRow = !options.Position.IsGiven,
                Noise = options.Noise,
                Draws = options.Draws,
                Distinct = options.Distinct,
                Offsets = At(options.Offsets),
                Elements = At(options.Elements),
                Index = At(outputs.Index),
                Reward = At(outputs.Reward),
                LogProbability = At(outputs.LogProbability),
                Margin = At(outputs.Margin),
                LambdaUsed = At(outputs.Lambda),
                Status = At(outputs.Status),
            };
            core.Run(in args, SizeOf(request.Rows), CancellationToken.None);
        }
    }

    public override void Run(in MajorityRequest request, ref BufferHolds holds)
    {
        DeviceMajorityOutputs outputs = request.Outputs;
        using var listed = new ListedRows(request.Rewards, request.Rows);
        fixed (long* starts = listed.Starts, packedStarts = listed.PackedStarts)
        fixed (int* lengths = listed.Lengths)
        {
            var args = new WeightedMajorityArgs
            {
                Rows = listed.Source(starts, lengths, packedStarts),
                Lambda = LambdaOf(request.Lambda),
                Answers = At(request.Answers),
                Answer = At(outputs.Answer),
                Index = At(outputs.Index),
                Share = At(outputs.Share),
                LambdaUsed = At(outputs.Lambda),
                Status = At(outputs.Status),
            };
            core.Run(in args, SizeOf(request.Rows), CancellationToken.None);
        }
    }

    public override void Copy(
        EngineMemory source, long sourceStart, EngineMemory destination, long start, long bytes, ref BufferHolds holds) =>
        Buffer.MemoryCopy(
            ((HostMemory)source).Pointer + sourceStart, ((HostMemory)destination).Pointer + start, bytes, bytes);

    public override void Synchronize()
    {
    }

    public override ValueTask WhenDone() => ValueTask.CompletedTask;

    public override void Dispose() => planes?.Dispose();

    /// <summary>The first element in memory; null where the span is absent.</summary>
    public static T* At<T>(DeviceSpan<T> span)
        where T : unmanaged =>
        span.Buffer == null ? null : (T*)((HostMemory)span.Buffer.Memory).Pointer + span.Start;

    private static CallSize SizeOf(DeviceRows rows) => new(rows.Candidates, rows.Candidates);

    private static PerRowArg<T> PerRow<T>(DevicePerRow<T> values)
        where T : unmanaged => new() { Values = At(values.Values), Scalar = values.Scalar };

    private static LambdaArg LambdaOf(DeviceLambda lambda) => new() { Kind = lambda.Kind, Values = PerRow(lambda.Values) };
}
