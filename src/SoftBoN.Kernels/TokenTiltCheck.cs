using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels;

/// <summary>Looks at all arguments of a token tilt before any work.</summary>
internal static class TokenTiltCheck
{
    /// <summary>Throws where something does not fit.</summary>
    /// <returns>The number of rows of the batch.</returns>
    public static long Run(TokenMatrix logits, TokenTiltOptions options, TokenTiltOutputs outputs)
    {
        if (!logits.IsGiven)
        {
            Throw.Argument("There are no logits; pass TokenMatrix.Of(values, rows, columns).", nameof(logits));
        }

        long rows = options.RowMap.IsEmpty ? logits.Rows : options.RowMap.Length;
        CheckMap(options.RowMap, logits.Rows, nameof(options.RowMap), "logits");
        if (options.Mask.IsGiven)
        {
            CheckMask(logits.Rows, logits.Columns, options.Mask.Words.Length, options.Mask.RowStride);
        }

        CheckRewards(logits, options, rows);
        CheckRanges(options);
        CheckCounts(options, outputs, rows);
        CheckOutputs(options, outputs, rows);
        CheckTokens(outputs.TiltedLogits, logits, rows, nameof(outputs.TiltedLogits));
        CheckTokens(outputs.Probabilities, logits, rows, nameof(outputs.Probabilities));
        return rows;
    }

    /// <summary>The same for draws, whose outputs are not the caller's.</summary>
    public static long RunForDraws(TokenMatrix logits, TokenTiltOptions options)
    {
        CheckSeed(options);
        return Run(logits, options, default);
    }

    /// <summary>The same where there are no logits any more.</summary>
    public static void RunForFinish(TokenTiltOptions options, TokenTiltOutputs outputs, long rows)
    {
        CheckRanges(options);
        CheckCounts(options, outputs, rows);
        CheckOutputs(options, outputs, rows);
        bool isWhole = outputs.Rank.IsEmpty && outputs.ModelLogProbability.IsEmpty && outputs.TopToken.IsEmpty
            && outputs.TopLogProbability.IsEmpty && !outputs.TiltedLogits.IsGiven && !outputs.Probabilities.IsGiven;
        if (!isWhole)
        {
            Throw.Argument(
                "Ranks, likeliest tokens, model log-probabilities and outputs per token are not made here; leave them empty, and "
                + "see RankShard, TopShard and ScoreShard.",
                nameof(outputs));
        }
    }

    /// <summary>The same for the likeliest tokens.</summary>
    public static void RunForTop(TokenTiltOptions options, TokenTiltOutputs outputs, long rows)
    {
        CheckRanges(options);
        CheckCounts(options, outputs, rows);
        CheckOutputs(options, outputs, rows);
    }

    /// <summary>Throws where a map names a row that there is not.</summary>
    public static void CheckMap(ReadOnlySpan<int> map, int rows, string name, string what)
    {
        for (int i = 0; i < map.Length; i++)
        {
            if ((uint)map[i] >= (uint)rows)
            {
                Throw.Argument($"{name}[{i}] is {map[i]} and the {what} have {rows} rows; name one of them.", name);
            }
        }
    }

    /// <summary>Throws where a mask does not have the words that logits need.</summary>
    public static void CheckMask(int rows, int columns, long length, int rowStride)
    {
        int words = (columns + 31) / 32;
        bool isShared = rowStride == 0;
        long needed = isShared ? words : rows == 0 ? 0 : ((rows - 1L) * rowStride) + words;
        if (length < needed || (!isShared && rowStride < words))
        {
            Throw.Argument(
                $"The mask has {length} words, {rowStride} per row, and {rows} rows of "
                + $"{columns} tokens need {words} per row; pass one word per 32 tokens.",
                nameof(TokenTiltOptions.Mask));
        }
    }

    /// <summary>Throws where rewards are of two kinds, or of other tokens than the logits.</summary>
    /// <param name="isSparse">Whether there are sparse rewards.</param>
    /// <param name="rewardColumns">The tokens of dense rewards; null where there are none.</param>
    /// <param name="columns">The tokens of the logits.</param>
    public static void CheckRewardKinds(bool isSparse, int? rewardColumns, int columns)
    {
        if (isSparse && rewardColumns != null)
        {
            Throw.Argument(
                "There are dense and sparse rewards; pass one of them.", nameof(TokenTiltOptions.SparseRewards));
        }

        if (rewardColumns != null && rewardColumns != columns)
        {
            Throw.Argument(
                $"The rewards have {rewardColumns} columns and the logits {columns}; pass as many.",
                nameof(TokenTiltOptions.Rewards));
        }
    }

    /// <summary>Throws where lambda is to be found from a budget.</summary>
    public static void CheckLambdaKind(LambdaKind kind)
    {
        if (kind is LambdaKind.TargetKl or LambdaKind.TargetEss)
        {
            Throw.Argument(
                "The token tilt finds no lambda from a budget; pass a temperature such as 0.5f.",
                nameof(TokenTiltOptions.Lambda));
        }
    }

    private static void CheckRewards(TokenMatrix logits, TokenTiltOptions options, long rows)
    {
        bool isDense = options.Rewards.IsGiven;
        bool isSparse = !options.SparseRewards.Offsets.IsEmpty;
        CheckRewardKinds(isSparse, isDense ? options.Rewards.Columns : null, logits.Columns);
        if (isDense && options.RewardMap.IsEmpty && options.Rewards.Rows != rows)
        {
            Throw.Argument(
                $"The rewards have {options.Rewards.Rows} rows and the batch {rows}; pass as many, or a RewardMap.",
                nameof(options.Rewards));
        }

        if (!options.RewardMap.IsEmpty && (!isDense || options.RewardMap.Length != rows))
        {
            Throw.Argument(
                $"RewardMap has {options.RewardMap.Length} rows and the batch {rows}; pass one per row, with Rewards.",
                nameof(options.RewardMap));
        }

        CheckMap(options.RewardMap, options.Rewards.Rows, nameof(options.RewardMap), "rewards");
        if (isSparse && options.SparseRewards.Offsets.Length != logits.Rows + 1)
        {
            Throw.Argument(
                $"The sparse rewards have {options.SparseRewards.Offsets.Length} offsets and the logits {logits.Rows} "
                + "rows; pass one more than rows.",
                nameof(options.SparseRewards));
        }

        if (!isDense && !isSparse)
        {
            return;
        }

        Throw.IfInvalid(options.Lambda, rows);
        CheckLambdaKind(options.Lambda.Kind);
    }

    private static void CheckRanges(TokenTiltOptions options)
    {
        Check(
            options.Temperature,
            TokenParameters.IsTemperature,
            nameof(options.Temperature),
            "Must be 0 to +infinity.");
        Check(options.TopK, TokenParameters.IsTopK, nameof(options.TopK), "Must be at least 0; 0 keeps all tokens.");
        Check(options.TopP, TokenParameters.IsTopP, nameof(options.TopP), "Must be above 0, to 1; 1 keeps all tokens.");
        Check(options.MinP, TokenParameters.IsMinP, nameof(options.MinP), "Must be 0 to 1; 0 keeps all tokens.");
        Check(
            options.TopNSigma,
            TokenParameters.IsTopNSigma,
            nameof(options.TopNSigma),
            "Must be at least 0; +infinity keeps all tokens.");
        Check(options.LeastLogit, TokenParameters.IsLeastLogit, nameof(options.LeastLogit), "Must be a number.");
        Check(
            options.Mode,
            mode => mode <= TokenTiltMode.Greedy,
            nameof(options.Mode),
            "Must be Tilt, SoftBestOfN or Greedy.");
        if (options.Noise > TokenNoise.PerToken)
        {
            Throw.OutOfRange(nameof(options.Noise), options.Noise, "Must be PerBlock or PerToken.");
        }
    }

    private static void Check<T>(PerRow<T> values, Func<T, bool> isValid, string name, string limit)
        where T : unmanaged
    {
        if (values.IsGiven && !values.IsPerRow && !isValid(values.Scalar))
        {
            Throw.OutOfRange(name, values.Scalar, limit);
        }
    }

    private static void CheckCounts(TokenTiltOptions options, TokenTiltOutputs outputs, long rows)
    {
        Throw.IfNotPerRow(options.Temperature, rows, nameof(options.Temperature));
        Throw.IfNotPerRow(options.TopK, rows, nameof(options.TopK));
        Throw.IfNotPerRow(options.TopP, rows, nameof(options.TopP));
        Throw.IfNotPerRow(options.MinP, rows, nameof(options.MinP));
        Throw.IfNotPerRow(options.TopNSigma, rows, nameof(options.TopNSigma));
        Throw.IfNotPerRow(options.LeastLogit, rows, nameof(options.LeastLogit));
        Throw.IfNotPerRow(options.Mode, rows, nameof(options.Mode));
        Throw.IfNotPerRow(options.Seed, rows, nameof(options.Seed));
        Throw.IfNotPerRow(options.Position, rows, nameof(options.Position));
        bool proposes = options.Mode.IsPerRow
            ? options.Mode.Values.Contains(TokenTiltMode.SoftBestOfN)
            : options.Mode.Scalar == TokenTiltMode.SoftBestOfN;
        CheckNumbers(options, proposes, WantsDraws(outputs));
    }

    /// <summary>What is one for all rows, where values for rows cannot be looked at.</summary>
    public static void CheckScalars(TokenTiltOptions options, bool wantsDraws)
    {
        CheckRanges(options);
        CheckNumbers(options, options.Mode.Scalar == TokenTiltMode.SoftBestOfN, wantsDraws);
    }

    private static void CheckNumbers(TokenTiltOptions options, bool proposes, bool wantsDraws)
    {
        if (options.Proposals > TokenTiltOp.MostProposals || options.Proposals < (proposes ? 1 : 0))
        {
            Throw.OutOfRange(
                nameof(options.Proposals),
                options.Proposals,
                $"Must be 1 to {TokenTiltOp.MostProposals} for SoftBestOfN.");
        }

        int mostDraws = NoiseKey.MaxDraws / Math.Max(1, options.Proposals);
        if (options.Draws < 1 || options.Draws > mostDraws)
        {
            Throw.OutOfRange(nameof(options.Draws), options.Draws, $"Must be 1 to {mostDraws}.");
        }

        if (options.Top is < 0 or > TokenTiltOp.MostTop)
        {
            Throw.OutOfRange(nameof(options.Top), options.Top, $"Must be 0 to {TokenTiltOp.MostTop}.");
        }

        if (wantsDraws)
        {
            CheckSeed(options);
        }
    }

    private static void CheckSeed(TokenTiltOptions options)
    {
        bool isGreedy = !options.Mode.IsPerRow && options.Mode.Scalar == TokenTiltMode.Greedy;
        if (!options.Seed.IsGiven && !isGreedy)
        {
            Throw.Argument("Seed is not set; pass a seed, or one per row, or Mode = Greedy.", nameof(options.Seed));
        }
    }

    private static bool WantsDraws(TokenTiltOutputs outputs) =>
        !outputs.Token.IsEmpty || !outputs.Rank.IsEmpty || !outputs.LogProbability.IsEmpty
        || !outputs.BaseLogProbability.IsEmpty || !outputs.ModelLogProbability.IsEmpty;

    private static void CheckTokens(TokenOutput output, TokenMatrix logits, long rows, string name)
    {
        if (output.IsGiven && (output.Rows < rows || output.Columns != logits.Columns))
        {
            Throw.Argument(
                $"{name} has {output.Rows} rows of {output.Columns} tokens and the batch {rows} rows of {logits.Columns}; "
                + "pass memory of that shape or none.",
                name);
        }
    }

    private static void CheckOutputs(TokenTiltOptions options, TokenTiltOutputs outputs, long rows)
    {
        long draws = rows * options.Draws;
        Throw.IfTooShort<int>(outputs.Token, draws, nameof(outputs.Token));
        Throw.IfTooShort<int>(outputs.Rank, draws, nameof(outputs.Rank));
        Throw.IfTooShort<float>(outputs.LogProbability, draws, nameof(outputs.LogProbability));
        Throw.IfTooShort<float>(outputs.BaseLogProbability, draws, nameof(outputs.BaseLogProbability));
        Throw.IfTooShort<float>(outputs.ModelLogProbability, draws, nameof(outputs.ModelLogProbability));
        Throw.IfTooShort<int>(outputs.TopToken, rows * options.Top, nameof(outputs.TopToken));
        Throw.IfTooShort<float>(outputs.TopLogProbability, rows * options.Top, nameof(outputs.TopLogProbability));
        Throw.IfTooShort<float>(outputs.LeastKept, rows, nameof(outputs.LeastKept));
        Throw.IfTooShort<float>(outputs.LogSumExp, rows, nameof(outputs.LogSumExp));
        Throw.IfTooShort<float>(outputs.BaseLogSumExp, rows, nameof(outputs.BaseLogSumExp));
        Throw.IfTooShort<float>(outputs.Kl, rows, nameof(outputs.Kl));
        Throw.IfTooShort<float>(outputs.EffectiveSampleSize, rows, nameof(outputs.EffectiveSampleSize));
        Throw.IfTooShort<RowStatus>(outputs.Status, rows, nameof(outputs.Status));
    }
}
