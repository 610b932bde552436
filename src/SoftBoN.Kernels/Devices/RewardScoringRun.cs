using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>Scores of rows of hidden values in the caller's memory, chunk by chunk, each of which has the heads with it.</summary>
internal unsafe ref struct RewardScoringRun : IChunkedCall
{
    private readonly ref readonly RewardScoringArgs args;
    private readonly TokenTiltArgs hidden;
    private OperandTable operands;

    public RewardScoringRun(in RewardScoringArgs args, long rows, long chunkBytes)
    {
        this.args = ref args;
        hidden = new TokenTiltArgs { Logits = args.Hidden, RowMap = args.RowMap, Columns = args.Dimension };
        Rows = rows;

        // Heads that outweigh a chunk go along with as many rows.
        ChunkBytes = Math.Max(chunkBytes, HeadBytes);
        operands.Draws = args.Heads;
        operands.Input(args.Gating, Per.Draw);
        operands.Output(args.Scores, Per.Draw);
        operands.Output(args.Reward, Per.Row);
        operands.Output(args.Status, Per.Row);
    }

    public readonly long Rows { get; }

    public readonly long ChunkBytes { get; }

    public readonly long BytesOf(long row) => operands.BytesPerRow() + TokenPacker.BytesOf(in hidden, row);

    private readonly long HeadBytes => args.Heads * TokenPacker.RowBytes(in args.Weights, args.Dimension);

    public Exception? Start(DeviceSlot slot, in RowChunk chunk)
    {
        long bias = ChunkMemory.Align(HeadBytes);
        long mixture = bias + PerHead(args.Bias);
        long inputs = TokenPacker.Place(in hidden, in chunk, mixture + PerHead(args.Mixture), out TokenPacker packer);
        inputs = operands.Place(in chunk, outputs: false, inputs);
        long end = operands.Place(in chunk, outputs: true, inputs);
        if (slot.Reserve(end) is { } fault)
        {
            return fault;
        }

        for (int head = 0; head < args.Heads; head++)
        {
            TokenPacker.Copy(in args.Weights, head, slot.Staging, head, args.Dimension);
        }

        HostCopy.Copy(args.Bias, (float*)(slot.Staging + bias), args.Bias == null ? 0 : args.Heads);
        HostCopy.Copy(args.Mixture, (float*)(slot.Staging + mixture), args.Mixture == null ? 0 : args.Heads);
        packer.Pack(in hidden, in chunk, slot.Staging);
        operands.Copy(slot.Staging, in chunk, outputs: false);

        TokenTiltDeviceArgs places = default;
        packer.Bind(in hidden, in chunk, slot.Memory, ref places);
        var views = new ChunkViews(ref operands, slot.Memory);
        slot.Launches.Rewards.Args = new RewardScoringDeviceArgs
        {
            Rows = chunk.Count,
            Dimension = args.Dimension,
            Hidden = places.Logits,
            RowMap = places.RowMap,
            Weights = TokenPacker.ViewOf(in args.Weights, args.Dimension, args.Heads, slot.Memory, 0),
            Heads = args.Heads,
            Bias = PerHead(args.Bias, slot.Memory, bias),
            Mixture = PerHead(args.Mixture, slot.Memory, mixture),
            Gating = views.Of<float>(0),
            Scores = views.Of<float>(1),
            Reward = views.Of<float>(2),
            Status = views.Of<byte>(3),
        };
        slot.Chunk = chunk;
        slot.Submit(slot.Launches.Rewards, inputs, inputs, end - inputs);
        return null;
    }

    public void Fetch(DeviceSlot slot)
    {
        operands.Place(in slot.Chunk, outputs: true, slot.OutputStart);
        operands.Copy(slot.Staging, in slot.Chunk, outputs: true);
    }

    private readonly long PerHead(float* values) =>
        values == null ? 0 : ChunkMemory.Align(args.Heads * (long)sizeof(float));

    private readonly ArrayView<float> PerHead(float* values, ArrayView<byte> memory, long offset) =>
        values == null ? default : memory.SubView(offset, args.Heads * (long)sizeof(float)).Cast<float>();
}
