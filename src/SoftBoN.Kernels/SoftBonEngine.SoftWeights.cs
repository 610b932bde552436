using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>
    /// Soft weights p_i = exp(r_i / lambda) / sum_j exp(r_j / lambda) of each row, and their diagnostics.
    /// </summary>
    /// <remarks>
    /// Order: sums are made in the one canonical order. NaN: a row with a NaN or +infinity gets a status and NaN
    /// outputs;
    /// -infinity excludes a candidate. Reproducibility: a row's results depend on its rewards and its lambda alone.
    /// </remarks>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="lambda">The temperature, in reward units, or a budget from which it is found.</param>
    /// <param name="outputs">The caller's memory; must not overlap the rewards.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void SoftWeights(
        ReadOnlySpan<float> rewards,
        Rows rows,
        Lambda lambda,
        SoftWeightsOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rows, rewards.Length);
        Check(lambda, outputs, binding.Count, binding.Packed);
        fixed (float* values = rewards, weights = outputs.Weights)
        fixed (long* starts = rows.Starts, packedStarts = binding.PackedStarts)
        fixed (int* lengths = rows.Lengths)
        {
            RowSource source = Source(rows, in binding, values, starts, lengths, packedStarts);
            CallMemory memory = default;
            Run(source, in binding, lambda, outputs, weights, default, ref memory, cancellationToken);
        }
    }

    /// <summary>Soft weights of a tensor's rows, of any strides and with more than 2^31 elements.</summary>
    /// <param name="rewards">[rows, candidates], or [candidates] for one row.</param>
    /// <param name="lambda">The temperature, in reward units, or a budget from which it is found.</param>
    /// <param name="weights">
    /// Of the same shape as the rewards and dense, in memory of its own; empty where not wanted. Takes the place of
    /// <see cref="SoftWeightsOutputs.Weights"/>, which has to be empty here.
    /// </param>
    /// <param name="outputs">The caller's memory for all other results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and
    /// how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void SoftWeights(
        ReadOnlyTensorSpan<float> rewards,
        Lambda lambda,
        TensorSpan<float> weights,
        SoftWeightsOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        using RowsBinding binding = RowsBinding.Of(rewards);
        Check(lambda, outputs, binding.Count, binding.Packed);
        CheckTensorWeights(weights, outputs, binding.Packed);
        fixed (float* values = rewards, tensorWeights = weights)
        {
            RowSource source = Source(rewards, in binding, values);
            CallMemory memory = default;
            Run(source, in binding, lambda, outputs, tensorWeights, default, ref memory, cancellationToken);
        }
    }

    private static void CheckTensorWeights(TensorSpan<float> weights, SoftWeightsOutputs outputs, long packed)
    {
        if (!outputs.Weights.IsEmpty)
        {
            Throw.Argument("Weights go to the tensor; leave outputs.Weights empty.", nameof(outputs.Weights));
        }

        if (weights.IsEmpty)
        {
            return;
        }

        if (weights.FlattenedLength != packed || !weights.IsDense)
        {
            Throw.Argument(
                $"The tensor of weights has {weights.FlattenedLength} elements{(weights.IsDense ? "" : " and gaps")}; "
                + $"pass a dense one with {packed}.",
                nameof(weights));
        }
    }

    private static void Check(Lambda lambda, SoftWeightsOutputs outputs, long rows, long packed)
    {
        Throw.IfInvalid(lambda, rows);
        Throw.IfTooShort<float>(outputs.Weights, packed, nameof(outputs.Weights));
        Throw.IfTooShort<float>(outputs.LogWeights, packed, nameof(outputs.LogWeights));
        Throw.IfTooShort<float>(outputs.LogMeanExp, rows, nameof(outputs.LogMeanExp));
        Throw.IfTooShort<float>(outputs.EffectiveSampleSize, rows, nameof(outputs.EffectiveSampleSize));
        Throw.IfTooShort<float>(outputs.Entropy, rows, nameof(outputs.Entropy));
        Throw.IfTooShort<float>(outputs.KlToUniform, rows, nameof(outputs.KlToUniform));
        Throw.IfTooShort<float>(outputs.ExpectedReward, rows, nameof(outputs.ExpectedReward));
        Throw.IfTooShort<float>(outputs.ChiSquare, rows, nameof(outputs.ChiSquare));
        Throw.IfTooShort<float>(outputs.KlFromTiltBound, rows, nameof(outputs.KlFromTiltBound));
        Throw.IfTooShort<float>(outputs.KlFromModelBound, rows, nameof(outputs.KlFromModelBound));
        Throw.IfTooShort<float>(outputs.Lambda, rows, nameof(outputs.Lambda));
        Throw.IfTooShort<RowStatus>(outputs.Status, rows, nameof(outputs.Status));
    }

    /// <summary>Runs soft weights, or hands them on to the plan that they are part of.</summary>
    private void Run(
        RowSource source,
        in RowsBinding binding,
        Lambda lambda,
        SoftWeightsOutputs outputs,
        float* weights,
        PlannedSelection then,
        ref CallMemory memory,
        CancellationToken cancellationToken)
    {
        fixed (float* lambdas = lambda.Values.Values, logWeights = outputs.LogWeights, logMeanExp = outputs.LogMeanExp)
        fixed (float* ess = outputs.EffectiveSampleSize, entropy = outputs.Entropy, kl = outputs.KlToUniform)
        fixed (float* expected = outputs.ExpectedReward, chiSquare = outputs.ChiSquare)
        fixed (float* fromTilt = outputs.KlFromTiltBound, fromModel = outputs.KlFromModelBound)
        fixed (float* lambdaUsed = outputs.Lambda)
        fixed (RowStatus* status = outputs.Status)
        {
            var args = new SoftWeightsArgs
            {
                Rows = source,
                Lambda = LambdaOf(lambda, lambdas),
                Weights = weights,
                LogWeights = logWeights,
                LogMeanExp = logMeanExp,
                EffectiveSampleSize = ess,
                Entropy = entropy,
                KlToUniform = kl,
                ExpectedReward = expected,
                ChiSquare = chiSquare,
                KlFromTiltBound = fromTilt,
                KlFromModelBound = fromModel,
                LambdaUsed = lambdaUsed,
                Status = status,
            };
            CheckMemory(in args, in binding, ref memory);
            if (then.Plan != null)
            {
                then.Plan->Weights = args;
                Run(source, in binding, then.Options, then.Outputs, then.Plan, ref memory, cancellationToken);
                return;
            }

            var size = new CallSize(binding.Packed, binding.Packed * WorkPerCandidate(lambda));
            using Telemetry.Call call = Telemetry.Start(nameof(SoftWeights), Device.Backend, binding.Count);
            core.Run(in args, size, cancellationToken);
        }
    }

    private static void CheckMemory(in SoftWeightsArgs args, in RowsBinding binding, ref CallMemory memory)
    {
        long rows = binding.Count;
        memory.Reads(args.Rows.Values, binding.Extent, "the rewards");
        memory.Reads(args.Lambda.Values.Values, rows, "the lambdas");
        memory.Writes(args.Weights, binding.Packed, nameof(SoftWeightsOutputs.Weights));
        memory.Writes(args.LogWeights, binding.Packed, nameof(SoftWeightsOutputs.LogWeights));
        memory.Writes(args.LogMeanExp, rows, nameof(SoftWeightsOutputs.LogMeanExp));
        memory.Writes(args.EffectiveSampleSize, rows, nameof(SoftWeightsOutputs.EffectiveSampleSize));
        memory.Writes(args.Entropy, rows, nameof(SoftWeightsOutputs.Entropy));
        memory.Writes(args.KlToUniform, rows, nameof(SoftWeightsOutputs.KlToUniform));
        memory.Writes(args.ExpectedReward, rows, nameof(SoftWeightsOutputs.ExpectedReward));
        memory.Writes(args.ChiSquare, rows, nameof(SoftWeightsOutputs.ChiSquare));
        memory.Writes(args.KlFromTiltBound, rows, nameof(SoftWeightsOutputs.KlFromTiltBound));
        memory.Writes(args.KlFromModelBound, rows, nameof(SoftWeightsOutputs.KlFromModelBound));
        memory.Writes(args.LambdaUsed, rows, nameof(SoftWeightsOutputs.Lambda));
        memory.Writes(args.Status, rows, nameof(SoftWeightsOutputs.Status));
    }
}
