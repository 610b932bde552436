namespace SoftBoN.Kernels.Cuda;

/// <summary>Looks at the numbers of a token tilt before anything is asked of the driver.</summary>
internal static class TokenTiltCheck
{
    private const int MostProposals = 1024;
    private const int MostDraws = (1 << 28) - 1;
    private const int MostTop = 20;

    /// <summary>Throws where something does not fit.</summary>
    public static void Run(in CudaTokenTilt call)
    {
        if (!call.Logits.IsGiven && call.Rows != 0)
        {
            Throw.Argument("There are no logits; pass CudaMatrix.Dense(address, rows, columns).", nameof(call.Logits));
        }

        if (call.Rows < 0 || (call.Rows > 0 && call.Logits.Rows == 0))
        {
            Throw.Argument(
                $"RowMap has {call.Rows} rows and the logits {call.Logits.Rows}; pass at least 0, and logits for them.",
                nameof(call.MappedRows));
        }

        CheckMask(in call);
        CheckRewards(in call);
        CheckRanges(in call);
        CheckNumbers(in call);
        CheckTokens(call.TiltedLogits, in call, nameof(call.TiltedLogits));
        CheckTokens(call.Probabilities, in call, nameof(call.Probabilities));
    }

    private static void CheckMask(in CudaTokenTilt call)
    {
        int words = (call.Logits.Columns + 31) / 32;
        if (call.Mask != 0 && call.MaskStride != 0 && call.MaskStride < words)
        {
            Throw.Argument(
                $"MaskStride is {call.MaskStride}, and {call.Logits.Columns} tokens need {words} words a row; pass as many, or 0 "
                + "where all rows share a mask.",
                nameof(call.MaskStride));
        }
    }

    private static void CheckRewards(in CudaTokenTilt call)
    {
        bool isDense = call.Rewards.IsGiven;
        bool isSparse = call.SparseOffsets != 0;
        if (isDense && isSparse)
        {
            Throw.Argument("There are dense and sparse rewards; pass one of them.", nameof(call.SparseOffsets));
        }

        bool fits = !isDense || (call.Rewards.Columns == call.Logits.Columns
            && (call.RewardMap != 0 ? call.Rewards.Rows > 0 || call.Rows == 0 : call.Rewards.Rows == call.Rows));
        if (!fits || (call.RewardMap != 0 && !isDense))
        {
            Throw.Argument(
                $"The rewards have {call.Rewards.Rows} rows of {call.Rewards.Columns} tokens and the batch {call.Rows} of "
                + $"{call.Logits.Columns}; pass as many, or a RewardMap of as many rows.",
                nameof(call.Rewards));
        }

        bool hasEntries = call.SparseTokens != 0 && call.SparseValues != 0;
        if (call.SparseCount < 0 || (isSparse && call.SparseCount > 0 && !hasEntries))
        {
            Throw.Argument(
                $"SparseCount is {call.SparseCount}; pass tokens and values for as many, at least 0.", nameof(call.SparseCount));
        }

        if (isDense || isSparse)
        {
            call.Lambda.Check();
            if (call.Lambda.IsBudget)
            {
                Throw.Argument(
                    "The token tilt finds no lambda from a budget; pass a temperature such as 0.5f.", nameof(call.Lambda));
            }
        }
    }

    private static void CheckRanges(in CudaTokenTilt call)
    {
        Check(call.Temperature, value => value >= 0f, nameof(call.Temperature), "Must be 0 to +infinity.");
        Check(call.TopK, value => value >= 0, nameof(call.TopK), "Must be at least 0; 0 keeps all tokens.");
        Check(call.TopP, value => value is > 0f and <= 1f, nameof(call.TopP), "Must be above 0, to 1; 1 keeps all tokens.");
        Check(call.MinP, value => value is >= 0f and <= 1f, nameof(call.MinP), "Must be 0 to 1; 0 keeps all tokens.");
        Check(
            call.TopNSigma, value => value >= 0f, nameof(call.TopNSigma), "Must be at least 0; +infinity keeps all tokens.");
        Check(call.LeastLogit, value => !float.IsNaN(value), nameof(call.LeastLogit), "Must be a number.");
        Check(
            call.Mode, value => value <= CudaTokenMode.Greedy, nameof(call.Mode), "Must be Tilt, SoftBestOfN or Greedy.");
        if (call.Noise is < CudaTokenNoise.PerBlock or > CudaTokenNoise.PerToken)
        {
            Throw.OutOfRange(nameof(call.Noise), call.Noise, "Must be PerBlock or PerToken.");
        }
    }

    private static void Check<T>(CudaPerRow<T> values, Func<T, bool> isValid, string name, string limit)
        where T : unmanaged
    {
        if (values.IsGiven && values.Address == 0 && !isValid(values.Scalar))
        {
            Throw.OutOfRange(name, values.Scalar, limit);
        }
    }

    private static void CheckNumbers(in CudaTokenTilt call)
    {
        bool isOneMode = call.Mode.Address == 0;
        bool proposes = isOneMode && call.Mode.Scalar == CudaTokenMode.SoftBestOfN;
        if (call.Proposals > MostProposals || call.Proposals < (proposes ? 1 : 0))
        {
            Throw.OutOfRange(nameof(call.Proposals), call.Proposals, $"Must be 1 to {MostProposals} for SoftBestOfN.");
        }

        int mostDraws = MostDraws / Math.Max(1, call.Proposals);
        if (call.Draws < 1 || call.Draws > mostDraws)
        {
            Throw.OutOfRange(nameof(call.Draws), call.Draws, $"Must be 1 to {mostDraws}.");
        }

        if (call.Top is < 0 or > MostTop)
        {
            Throw.OutOfRange(nameof(call.Top), call.Top, $"Must be 0 to {MostTop}.");
        }

        bool isGreedy = isOneMode && call.Mode.Scalar == CudaTokenMode.Greedy;
        if (call.WantsDraws && !call.Seed.IsGiven && !isGreedy)
        {
            Throw.Argument("Seed is not set; pass a seed, or one per row, or Mode = Greedy.", nameof(call.Seed));
        }
    }

    private static void CheckTokens(CudaMatrix output, in CudaTokenTilt call, string name)
    {
        bool isTooNarrow = output.Rows > 1 && output.RowStride < output.Columns;
        if (output.IsGiven && (output.Rows < call.Rows || output.Columns != call.Logits.Columns || isTooNarrow))
        {
            Throw.Argument(
                $"{name} has {output.Rows} rows of {output.Columns} tokens, {output.RowStride} apart, and the batch {call.Rows} "
                + $"rows of {call.Logits.Columns}; pass memory of that shape, rows side by side, or none.",
                name);
        }
    }
}
