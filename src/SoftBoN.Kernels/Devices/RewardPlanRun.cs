using ILGPU;
using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// A plan in the caller's memory, some prompts at a time: their candidates' features go to the device, and what was asked for
/// comes back. Weights and steps go along with each chunk.
/// </summary>
internal unsafe ref struct RewardPlanRun : IChunkedCall
{
    private readonly ref readonly RewardPlanArgs args;
    private readonly TokenTiltArgs hidden;
    private readonly RewardProgramShape steps;
    private OperandTable operands;
    private OperandTable weights;
    private OperandTable selection;

    /// <param name="args">The plan.</param>
    /// <param name="words">Its steps as <see cref="RewardProgram"/> has them.</param>
    /// <param name="wordCount">How many.</param>
    /// <param name="chunkBytes">What a chunk may have at most.</param>
    public RewardPlanRun(in RewardPlanArgs args, uint* words, long wordCount, long chunkBytes)
    {
        this.args = ref args;
        hidden = new TokenTiltArgs
        {
            Logits = args.Head.Hidden,
            RowMap = args.Head.RowMap,
            Columns = args.Head.Dimension,
        };
        steps = RewardProgramShape.Of(new ReadOnlySpan<RewardStep>(args.Steps, args.StepCount));
        operands.Draws = args.Head.Heads;
        operands.Shared(words, wordCount);
        operands.Shared(args.Head.Bias, args.Head.Heads);
        operands.Shared(args.Head.Mixture, args.Head.Heads);
        operands.Shared(args.Tokens.Powers, args.Tokens.PowerCount);
        operands.Input(args.Head.Gating, Per.DrawOfCandidate);
        operands.Input(args.LogProbability, Per.Candidate);
        operands.Input(args.ReferenceLogProbability, Per.Candidate);
        operands.Input(args.Length, Per.Candidate);
        operands.Output(args.Head.Scores, Per.DrawOfCandidate);
        operands.Output(args.Reward, Per.Candidate);
        operands.Output(args.Status, Per.Candidate);
        if (args.WantsWeights)
        {
            SoftWeightsCall.List(in args.Weights, ref weights);
        }

        if (args.WantsSelection)
        {
            SelectionCall.List(in args.Selection, ref selection);
        }

        // Weights that outweigh a chunk go along with as many candidates.
        ChunkBytes = Math.Max(chunkBytes, HeadBytes);
    }

    public readonly long Rows => args.Prompts.Count;

    public readonly long ChunkBytes { get; }

    private readonly bool IsHead => args.Head.Heads > 0;

    private readonly bool IsTokens => !IsHead && args.Given == null;

    private readonly long HeadBytes =>
        IsHead ? args.Head.Heads * TokenPacker.RowBytes(in args.Head.Weights, args.Head.Dimension) : 0;

    public readonly long BytesOf(long row)
    {
        long first = args.FirstOf(row);
        long end = args.FirstOf(row + 1);
        long bytes = weights.BytesPerRow() + selection.BytesPerRow() + sizeof(long);
        long each = operands.BytesPerCandidate() + weights.BytesPerCandidate() + selection.BytesPerCandidate();
        bytes += (end - first) * (each + (args.Given == null ? 0 : args.Members * (long)sizeof(float)));
        for (long i = first; i < end && !IsUniform; i++)
        {
            bytes += IsHead ? TokenPacker.BytesOf(in hidden, i) : TokenBytes(i);
        }

        return IsUniform && end > first
            ? bytes + ((end - first) * (IsHead ? TokenPacker.BytesOf(in hidden, first) : TokenBytes(first)))
            : bytes;
    }

    public Exception? Start(DeviceSlot slot, in RowChunk prompts)
    {
        RowChunk chunk = prompts;
        RowChunk candidates = Measure(ref chunk);
        RowChunk tokens = IsTokens ? RowChunker.Of(in args.Tokens.Rows, candidates.First, candidates.Count) : default;
        long at = ChunkMemory.Align(HeadBytes);
        at = RowPacker.Place(in args.Prompts, in chunk, at, out RowPacker promptPacker);
        TokenPacker hiddenPacker = default;
        RowPacker tokenPacker = default;
        at = IsHead ? TokenPacker.Place(in hidden, in candidates, at, out hiddenPacker) : at;
        at = IsTokens ? RowPacker.Place(in args.Tokens.Rows, in tokens, at, out tokenPacker) : at;
        long given = at;
        at = ChunkMemory.Align(at + (args.Given == null ? 0 : chunk.Packed * args.Members * sizeof(float)));
        long inputs = Place(in chunk, outputs: false, at);
        long end = Place(in chunk, outputs: true, inputs);
        if (slot.Reserve(end) is { } fault)
        {
            return fault;
        }

        promptPacker.Pack(in args.Prompts, in chunk, slot.Staging);
        Copy(slot.Staging, in chunk, outputs: false);
        var views = new ChunkViews(ref operands, slot.Memory);
        RewardPlanDeviceArgs device = ArgsOf(in chunk, in views);
        device.Prompts = views.Rows(in args.Prompts, in chunk, in promptPacker);
        if (IsHead)
        {
            PackHead(slot.Staging);
            hiddenPacker.Pack(in hidden, in candidates, slot.Staging);
            device.Head = HeadOf(slot.Memory, in candidates, in hiddenPacker, in views);
        }
        else if (IsTokens)
        {
            tokenPacker.Pack(in args.Tokens.Rows, in tokens, slot.Staging);
            device.Tokens.Rows = views.Rows(in args.Tokens.Rows, in tokens, in tokenPacker);
        }
        else
        {
            PackGiven(in chunk, (float*)(slot.Staging + given));
            long bytes = chunk.Packed * args.Members * sizeof(float);
            device.Given = bytes == 0 ? default : slot.Memory.SubView(given, bytes).Cast<float>();
        }

        BindThen(slot, in chunk, ref device);
        slot.Launches.Plan.Args = device;
        slot.Chunk = chunk;
        slot.Submit(slot.Launches.Plan, inputs, inputs, end - inputs);
        return null;
    }

    public void Fetch(DeviceSlot slot)
    {
        Place(in slot.Chunk, outputs: true, slot.OutputStart);
        Copy(slot.Staging, in slot.Chunk, outputs: true);
    }

    /// <summary>Whether every candidate takes as many bytes.</summary>
    private readonly bool IsUniform => IsHead || !IsTokens || args.Tokens.Rows.Layout == RowLayout.Strided;

    private readonly long TokenBytes(long candidate) => IsTokens
        ? (args.Tokens.Rows[candidate].Length * (long)sizeof(float)) + RowChunker.ListedBytes(args.Tokens.Rows.Layout)
        : 0;

    /// <summary>The candidates of a chunk's prompts, one after the other, as rows of their own.</summary>
    private readonly RowChunk Measure(ref RowChunk chunk)
    {
        chunk.PackedFirst = args.FirstOf(chunk.First);
        chunk.Packed = args.FirstOf(chunk.First + chunk.Count) - chunk.PackedFirst;
        for (long row = chunk.First; row < chunk.First + chunk.Count; row++)
        {
            chunk.LongestRow = Math.Max(chunk.LongestRow, (int)(args.FirstOf(row + 1) - args.FirstOf(row)));
        }

        return new RowChunk { First = chunk.PackedFirst, Count = chunk.Packed };
    }

    private long Place(in RowChunk chunk, bool outputs, long offset)
    {
        offset = operands.Place(in chunk, outputs, offset);
        offset = weights.Place(in chunk, outputs, offset);
        return selection.Place(in chunk, outputs, offset);
    }

    private void Copy(byte* memory, in RowChunk chunk, bool outputs)
    {
        operands.Copy(memory, in chunk, outputs);
        weights.Copy(memory, in chunk, outputs);
        selection.Copy(memory, in chunk, outputs);
    }

    private readonly RewardPlanDeviceArgs ArgsOf(in RowChunk chunk, in ChunkViews views) => new()
    {
        Tokens = new RewardPoolingDeviceArgs
        {
            Kind = args.Tokens.Kind,
            VarianceWeight = args.Tokens.VarianceWeight,
            Powers = views.Of<float>(3),
        },
        Members = args.Members,
        Steps = steps,
        Program = views.Of<uint>(0),
        Penalty = new KernelPenalty
        {
            LogProbability = views.Of<float>(5),
            ReferenceLogProbability = views.Of<float>(6),
            Length = views.Of<int>(7),
        },
        Candidates = chunk.Packed,
        WantsWeights = args.WantsWeights,
        WantsSelection = args.WantsSelection,
        Reward = views.Of<float>(9),
        Status = views.Of<byte>(10),
    };

    private readonly void PackHead(byte* memory)
    {
        for (int head = 0; head < args.Head.Heads; head++)
        {
            TokenPacker.Copy(in args.Head.Weights, head, memory, head, args.Head.Dimension);
        }
    }

    private readonly RewardScoringDeviceArgs HeadOf(
        ArrayView<byte> memory, in RowChunk candidates, in TokenPacker packer, in ChunkViews views)
    {
        TokenTiltDeviceArgs places = default;
        packer.Bind(in hidden, in candidates, memory, ref places);
        return new RewardScoringDeviceArgs
        {
            Rows = candidates.Count,
            Dimension = args.Head.Dimension,
            Hidden = places.Logits,
            RowMap = places.RowMap,
            Weights = TokenPacker.ViewOf(in args.Head.Weights, args.Head.Dimension, args.Head.Heads, memory, 0),
            Heads = args.Head.Heads,
            Bias = views.Of<float>(1),
            Mixture = views.Of<float>(2),
            Gating = views.Of<float>(4),
            Scores = views.Of<float>(8),
        };
    }

    private readonly void PackGiven(in RowChunk chunk, float* memory)
    {
        for (int member = 0; member < args.Members; member++)
        {
            HostCopy.Copy(
                args.Given + (member * args.GivenStride) + chunk.PackedFirst,
                memory + (member * chunk.Packed),
                chunk.Packed);
        }
    }

    /// <summary>Weights and picks, as calls of their own would be bound.</summary>
    private void BindThen(DeviceSlot slot, in RowChunk chunk, ref RewardPlanDeviceArgs device)
    {
        RowsOnDevice none = default;
        if (args.WantsWeights)
        {
            var views = new ChunkViews(ref weights, slot.Memory);
            SoftWeightsCall.Bind(in args.Weights, in chunk, in none, in views, slot.Launches);
            device.Weights = slot.Launches.SoftWeights.Args;
        }

        if (args.WantsSelection)
        {
            var views = new ChunkViews(ref selection, slot.Memory);
            SelectionCall.Bind(in args.Selection, in chunk, in none, in views, slot.Launches);
            device.Selection = slot.Launches.Selection.Args;
        }
    }
}
