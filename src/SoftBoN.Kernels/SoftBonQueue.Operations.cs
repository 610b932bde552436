using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed partial class SoftBonQueue
{
    /// <summary>Queues soft weights, as <c>SoftBonEngine.SoftWeights</c>, in device memory.</summary>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="lambda">The temperature, or a budget from which it is found.</param>
    /// <param name="outputs">Memory for the results; must not overlap anything else.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others, or a buffer is another
    /// engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void SoftWeights(
        DeviceSpan<float> rewards, DeviceRows rows, DeviceLambda lambda, DeviceSoftWeightsOutputs outputs)
    {
        ThrowIfUnusable();
        BufferHolds holds = default;
        try
        {
            HoldInputs(ref holds, rewards, rows, lambda);
            HoldOutputs(ref holds, outputs, rows);
            if (rows.Count > 0)
            {
                using Telemetry.Call call = Telemetry.Start("Queue.SoftWeights", backend, rows.Count);
                queue.Run(new SoftWeightsRequest(rewards, rows, lambda, outputs), ref holds);
            }
        }
        finally
        {
            holds.Release();
        }
    }

    /// <summary>Queues a selection, as <c>SoftBonEngine.Select</c>, in device memory.</summary>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="options">Temperature, seed and the rest.</param>
    /// <param name="outputs">Memory for the results; must not overlap anything else.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others, or a buffer is another
    /// engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void Select(
        DeviceSpan<float> rewards, DeviceRows rows, DeviceSelectionOptions options, DeviceSelectionOutputs outputs)
    {
        ThrowIfUnusable();
        Throw.IfInvalid(options.Noise, options.Seed.IsGiven, options.Draws);
        BufferHolds holds = default;
        try
        {
            HoldInputs(ref holds, rewards, rows, options.Lambda);
            HoldSelection(ref holds, options, outputs, rows);
            if (rows.Count > 0)
            {
                using Telemetry.Call call = Telemetry.Start("Queue.Select", backend, rows.Count);
                queue.Run(new SelectionRequest(rewards, rows, options, outputs), ref holds);
            }
        }
        finally
        {
            holds.Release();
        }
    }

    /// <summary>Queues a weighted majority, as <c>SoftBonEngine.Majority</c>, in device memory.</summary>
    /// <param name="rewards">The memory that <paramref name="rows"/> lays out.</param>
    /// <param name="rows">Where rows lie.</param>
    /// <param name="lambda">The temperature, or a budget from which it is found.</param>
    /// <param name="answers">
    /// Packed, one per candidate: the answer's number, at least 0; a negative one abstains.
    /// </param>
    /// <param name="outputs">Memory for the results; must not overlap anything else.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others, or a buffer is another
    /// engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void Majority(
        DeviceSpan<float> rewards,
        DeviceRows rows,
        DeviceLambda lambda,
        DeviceSpan<int> answers,
        DeviceMajorityOutputs outputs)
    {
        ThrowIfUnusable();
        BufferHolds holds = default;
        try
        {
            HoldInputs(ref holds, rewards, rows, lambda);
            Throw.IfShorter(answers.Length, rows.Candidates, nameof(answers));
            holds.Reads(core, answers, rows.Candidates, nameof(answers));
            holds.Writes(core, outputs.Answer, rows.Count, nameof(outputs.Answer));
            holds.Writes(core, outputs.Index, rows.Count, nameof(outputs.Index));
            holds.Writes(core, outputs.Share, rows.Count, nameof(outputs.Share));
            holds.Writes(core, outputs.Lambda, rows.Count, nameof(outputs.Lambda));
            holds.Writes(core, outputs.Status, rows.Count, nameof(outputs.Status));
            if (rows.Count > 0)
            {
                using Telemetry.Call call = Telemetry.Start("Queue.Majority", backend, rows.Count);
                queue.Run(new MajorityRequest(rewards, rows, lambda, answers, outputs), ref holds);
            }
        }
        finally
        {
            holds.Release();
        }
    }

    private void HoldInputs(ref BufferHolds holds, DeviceSpan<float> rewards, DeviceRows rows, DeviceLambda lambda)
    {
        IfInvalid(lambda, rows.Count);
        long memory = rewards.Length;
        if (rows.Layout == RowLayout.Strided)
        {
            RowsBinding.Of(Rows.Strided(rows.Count, rows.LongestRow, rows.RowStride, rows.ColumnStride), memory).Dispose();
        }

        holds.Reads(core, rewards, memory, nameof(rewards));
        HoldRows(ref holds, rows, nameof(rows));
        holds.Reads(core, lambda.Values.Values, rows.Count, nameof(lambda));
    }

    private static void IfInvalid(DeviceLambda lambda, int rows)
    {
        if (lambda.Kind == LambdaKind.NotGiven || lambda.Values.Values.Buffer == null)
        {
            Throw.IfInvalid(lambda.Scalar, rows);
        }
    }

    private void HoldRows(ref BufferHolds holds, DeviceRows rows, string name)
    {
        holds.Reads(core, rows.Starts, rows.Starts.Length, name);
        holds.Reads(core, rows.Lengths, rows.Lengths.Length, name);
        holds.Reads(core, rows.PackedStarts, rows.PackedStarts.Length, name);
    }

    private void HoldOutputs(ref BufferHolds holds, DeviceSoftWeightsOutputs outputs, DeviceRows rows)
    {
        holds.Writes(core, outputs.Weights, rows.Candidates, nameof(outputs.Weights));
        holds.Writes(core, outputs.LogWeights, rows.Candidates, nameof(outputs.LogWeights));
        holds.Writes(core, outputs.LogMeanExp, rows.Count, nameof(outputs.LogMeanExp));
        holds.Writes(core, outputs.EffectiveSampleSize, rows.Count, nameof(outputs.EffectiveSampleSize));
        holds.Writes(core, outputs.Entropy, rows.Count, nameof(outputs.Entropy));
        holds.Writes(core, outputs.KlToUniform, rows.Count, nameof(outputs.KlToUniform));
        holds.Writes(core, outputs.ExpectedReward, rows.Count, nameof(outputs.ExpectedReward));
        holds.Writes(core, outputs.ChiSquare, rows.Count, nameof(outputs.ChiSquare));
        holds.Writes(core, outputs.KlFromTiltBound, rows.Count, nameof(outputs.KlFromTiltBound));
        holds.Writes(core, outputs.KlFromModelBound, rows.Count, nameof(outputs.KlFromModelBound));
        holds.Writes(core, outputs.Lambda, rows.Count, nameof(outputs.Lambda));
        holds.Writes(core, outputs.Status, rows.Count, nameof(outputs.Status));
    }

    private void HoldSelection(
        ref BufferHolds holds, DeviceSelectionOptions options, DeviceSelectionOutputs outputs, DeviceRows rows)
    {
        long draws = (long)rows.Count * options.Draws;
        holds.Reads(core, options.Seed.Values, rows.Count, nameof(options.Seed));
        holds.Reads(core, options.Position.Values, rows.Count, nameof(options.Position));
        holds.Reads(core, options.Offsets, rows.Candidates, nameof(options.Offsets));
        holds.Reads(core, options.Elements, rows.Candidates, nameof(options.Elements));
        holds.Writes(core, outputs.Index, draws, nameof(outputs.Index));
        holds.Writes(core, outputs.Reward, draws, nameof(outputs.Reward));
        holds.Writes(core, outputs.LogProbability, draws, nameof(outputs.LogProbability));
        holds.Writes(core, outputs.Margin, draws, nameof(outputs.Margin));
        holds.Writes(core, outputs.Lambda, rows.Count, nameof(outputs.Lambda));
        holds.Writes(core, outputs.Status, rows.Count, nameof(outputs.Status));
    }
}
