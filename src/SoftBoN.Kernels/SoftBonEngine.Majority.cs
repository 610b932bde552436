using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>
    /// Weighted majority: in each row, the answer whose candidates have the largest sum of soft weights.
    /// </summary>
    /// <remarks>
    /// Order: an answer's weights sum in the one canonical order of the row; among equal sums, the answer seen first
    /// wins.
    /// NaN: a row with a NaN or +infinity gets a status, answer -1 and a NaN share; -infinity excludes a candidate.
    /// Reproducibility: a row's results depend on its rewards, lambda and answers alone.
    /// </remarks>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="lambda">The temperature, in reward units, or a budget from which it is found.</param>
    /// <param name="answers">
    /// Packed, one per candidate: the answer's number, at least 0; a negative one abstains.
    /// </param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void Majority(
        ReadOnlySpan<float> rewards,
        Rows rows,
        Lambda lambda,
        ReadOnlySpan<int> answers,
        MajorityOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rows, rewards.Length);
        Throw.IfInvalid(lambda, binding.Count);
        if (answers.Length != binding.Packed)
        {
            Throw.Argument(
                $"answers has {answers.Length} values and the rows have {binding.Packed} candidates; pass one per candidate.",
                nameof(answers));
        }

        Throw.IfTooShort<int>(outputs.Answer, binding.Count, nameof(outputs.Answer));
        Throw.IfTooShort<int>(outputs.Index, binding.Count, nameof(outputs.Index));
        Throw.IfTooShort<float>(outputs.Share, binding.Count, nameof(outputs.Share));
        Throw.IfTooShort<float>(outputs.Lambda, binding.Count, nameof(outputs.Lambda));
        Throw.IfTooShort<RowStatus>(outputs.Status, binding.Count, nameof(outputs.Status));
        fixed (float* values = rewards, lambdas = lambda.Values.Values)
        fixed (float* share = outputs.Share, lambdaUsed = outputs.Lambda)
        fixed (long* starts = rows.Starts, packedStarts = binding.PackedStarts)
        fixed (int* lengths = rows.Lengths, packedAnswers = answers)
        fixed (int* answer = outputs.Answer, index = outputs.Index)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new WeightedMajorityArgs
            {
                Rows = Source(rows, in binding, values, starts, lengths, packedStarts),
                Lambda = LambdaOf(lambda, lambdas),
                Answers = packedAnswers,
                Answer = answer,
                Index = index,
                Share = share,
                LambdaUsed = lambdaUsed,
                Status = status,
            };
            CheckMemory(in args, in binding);
            var size = new CallSize(binding.Packed, binding.Packed * WorkPerCandidate(lambda));
            using Telemetry.Call call = Telemetry.Start(nameof(Majority), Device.Backend, binding.Count);
            core.Run(in args, size, cancellationToken);
        }
    }

    private static void CheckMemory(in WeightedMajorityArgs args, in RowsBinding binding)
    {
        long rows = binding.Count;
        CallMemory memory = default;
        memory.Reads(args.Rows.Values, binding.Extent, "the rewards");
        memory.Reads(args.Lambda.Values.Values, rows, "the lambdas");
        memory.Reads(args.Answers, binding.Packed, "the answers");
        memory.Writes(args.Answer, rows, nameof(MajorityOutputs.Answer));
        memory.Writes(args.Index, rows, nameof(MajorityOutputs.Index));
        memory.Writes(args.Share, rows, nameof(MajorityOutputs.Share));
        memory.Writes(args.LambdaUsed, rows, nameof(MajorityOutputs.Lambda));
        memory.Writes(args.Status, rows, nameof(MajorityOutputs.Status));
    }
}
