using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>Penalties of candidates in the caller's memory, chunk by chunk; a candidate is a row of its own.</summary>
internal unsafe ref struct RewardPenaltyRun : IChunkedCall
{
    private readonly ref readonly RewardPenaltyArgs args;
    private OperandTable operands;

    public RewardPenaltyRun(in RewardPenaltyArgs args, long rewards, long chunkBytes)
    {
        this.args = ref args;
        (Rows, ChunkBytes) = (rewards, chunkBytes);
        operands.Input(args.Rewards, Per.Row);
        operands.Input(args.LogProbability, Per.Row);
        operands.Input(args.LogProbability == null ? null : args.ReferenceLogProbability, Per.Row);
        operands.Input(args.Length, Per.Row);
        operands.Output(args.Reward, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    public readonly long Rows { get; }

    public readonly long ChunkBytes { get; }

    public readonly long BytesOf(long row) => operands.BytesPerRow();

    public Exception? Start(DeviceSlot slot, in RowChunk chunk)
    {
        long inputs = operands.Place(in chunk, outputs: false, 0);
        long end = operands.Place(in chunk, outputs: true, inputs);
        if (slot.Reserve(end) is { } fault)
        {
            return fault;
        }

        operands.Copy(slot.Staging, in chunk, outputs: false);
        var views = new ChunkViews(ref operands, slot.Memory);
        slot.Launches.Penalty.Args = new RewardPenaltyDeviceArgs
        {
            Rewards = views.Of<float>(0),
            Penalty = new KernelPenalty
            {
                LogProbability = views.Of<float>(1),
                ReferenceLogProbability = views.Of<float>(2),
                Length = views.Of<int>(3),
            },
            Beta = args.LogProbability == null ? 0f : args.Beta,
            Gamma = args.Length == null ? 0f : args.Gamma,
            Reward = views.Of<float>(4),
            Status = views.Of<byte>(5),
        };
        slot.Chunk = chunk;
        slot.Submit(slot.Launches.Penalty, inputs, inputs, end - inputs);
        return null;
    }

    public void Fetch(DeviceSlot slot)
    {
        operands.Place(in slot.Chunk, outputs: true, slot.OutputStart);
        operands.Copy(slot.Staging, in slot.Chunk, outputs: true);
    }
}
