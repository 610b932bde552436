using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>
    /// Scores hidden states by linear heads: hidden times weights plus bias, and a mixture of the scores.
    /// </summary>
    /// <remarks>
    /// Order: a dot product is one canonical sum of fused multiply-adds, so its error is at most (k u / (1 - k u))
    /// times the sum of |hidden weight|, u = 2^-24, k at most 23 for up to 131,072 dimensions (RewardScoring.md). NaN:
    /// a row with a hidden value that is NaN or infinite gets a status and NaN outputs; so does one whose scores
    /// overflow. Selection then gives the prompt a status of its own. Values below 2^-40 (9e-13) in magnitude count as
    /// 0. Reproducibility: a row's results depend on the hidden values it reads, the head, the shares alone. Source of
    /// the formulas: RewardScoring.md.
    /// </remarks>
    /// <param name="hidden">[rows, dimension], or [tokens, dimension] with a row map; at most 2^20 dimensions.</param>
    /// <param name="head">Weights and biases.</param>
    /// <param name="options">Which rows are read, and how scores are mixed.</param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">
    /// An argument does not fit the others, or a weight, bias or share is not finite; the message says which and how.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="DeviceExecutionException">The device failed, or has too little memory.</exception>
    public void ScoreRewards(
        TokenMatrix hidden,
        RewardHead head,
        RewardScoringOptions options,
        RewardScoringOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        long rows = RewardScoringCheck.Run(hidden, head, options, outputs);
        ref byte hiddenStart = ref hidden.Start;
        ref byte weightStart = ref head.Weights.Start;
        fixed (byte* hiddenMemory = &hiddenStart, weightMemory = &weightStart)
        fixed (int* rowMap = options.RowMap)
        fixed (float* bias = head.Bias, mixture = options.Mixture, gating = options.Gating)
        fixed (float* scores = outputs.Scores, reward = outputs.Reward)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new RewardScoringArgs
            {
                Hidden = SourceOf(hidden, hiddenMemory),
                Dimension = hidden.Columns,
                RowMap = rowMap,
                Weights = SourceOf(head.Weights, weightMemory),
                Heads = head.Weights.Rows,
                Bias = bias,
                Mixture = mixture,
                Gating = gating,
                GatingStride = head.Weights.Rows,
                Scores = scores,
                Reward = reward,
                Status = status,
            };
            CheckMemory(in args, hidden, head, rows);
            RewardScoringCheck.IfNotFinite(in args);
            long elements = rows * hidden.Columns;
            using Telemetry.Call call = Telemetry.Start(nameof(ScoreRewards), Device.Backend, rows);
            core.Run(in args, rows, new CallSize(elements, elements * head.Weights.Rows), cancellationToken);
        }
    }

    private static TokenSource SourceOf(TokenMatrix matrix, byte* memory) =>
        new() { Values = memory, Element = matrix.Element, RowStride = matrix.RowStride };

    private static void CheckMemory(in RewardScoringArgs args, TokenMatrix hidden, RewardHead head, long rows)
    {
        CallMemory memory = default;
        memory.Reads((byte*)args.Hidden.Values, hidden.ExtentInBytes, "the hidden values");
        memory.Reads((byte*)args.Weights.Values, head.Weights.ExtentInBytes, "the weights");
        memory.Reads(args.RowMap, rows, "the row map");
        memory.Reads(args.Bias, args.Heads, "the bias");
        memory.Reads(args.Mixture, args.Heads, "the mixture");
        memory.Reads(args.Gating, rows * args.Heads, "the gating");
        memory.Writes(args.Scores, rows * args.Heads, nameof(RewardScoringOutputs.Scores));
        memory.Writes(args.Reward, rows, nameof(RewardScoringOutputs.Reward));
        memory.Writes(args.Status, rows, nameof(RewardScoringOutputs.Status));
    }
}
