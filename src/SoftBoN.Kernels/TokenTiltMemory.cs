using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>All memory of one call of the token tilt, so that no output overlaps anything else.</summary>
internal unsafe ref struct TokenTiltMemory
{
    private const string Logits = "the logits";

    private readonly long rows;
    private CallMemory memory;

    public TokenTiltMemory(long rows, in TokenTiltArgs args, TokenMatrix logits, TokenTiltOptions options)
    {
        this.rows = rows;
        memory.Reads((byte*)args.Logits.Values, logits.ExtentInBytes, Logits);
        memory.Reads((byte*)args.Rewards.Values, options.Rewards.ExtentInBytes, "the rewards");
        memory.Reads(args.RowMap, rows, "the row map");
        memory.Reads(args.RewardMap, rows, "the reward map");
        memory.Reads(args.Mask, options.Mask.Words.Length, "the mask");
        memory.Reads(args.SparseStarts, options.SparseRewards.Offsets.Length, "the sparse rewards' offsets");
        memory.Reads(args.SparseTokens, options.SparseRewards.Tokens.Length, "the sparse rewards' tokens");
        memory.Reads(args.SparseValues, options.SparseRewards.Values.Length, "the sparse rewards' values");
        memory.Reads(args.Lambda.Values.Values, rows, "the lambdas");
        memory.Reads(args.Temperature.Values, rows, "the temperatures");
        memory.Reads(args.Mode.Values, rows, "the modes");
        memory.Reads(args.TopK.Values, rows, "the values of top-k");
        memory.Reads(args.TopP.Values, rows, "the values of top-p");
        memory.Reads(args.MinP.Values, rows, "the values of min-p");
        memory.Reads(args.TopNSigma.Values, rows, "the values of top-n-sigma");
        memory.Reads(args.LeastLogit.Values, rows, "the least logits");
        memory.Reads(args.Seed.Values, rows, "the seeds");
        memory.Reads(args.Position.Values, rows, "the positions");
    }

    /// <summary>Adds all outputs.</summary>
    /// <param name="args">Their places.</param>
    /// <param name="outputs">Their extents.</param>
    public void AddOutputs(in TokenTiltArgs args, TokenTiltOutputs outputs)
    {
        AddTokens(in args, in args.TiltedLogits, outputs.TiltedLogits, nameof(TokenTiltOutputs.TiltedLogits));
        AddTokens(in args, in args.Probabilities, outputs.Probabilities, nameof(TokenTiltOutputs.Probabilities));
        long draws = rows * args.Draws;
        long top = rows * args.Top;
        memory.Writes(args.Token, draws, nameof(TokenTiltOutputs.Token));
        memory.Writes(args.Rank, draws, nameof(TokenTiltOutputs.Rank));
        memory.Writes(args.LogProbability, draws, nameof(TokenTiltOutputs.LogProbability));
        memory.Writes(args.BaseLogProbability, draws, nameof(TokenTiltOutputs.BaseLogProbability));
        memory.Writes(args.ModelLogProbability, draws, nameof(TokenTiltOutputs.ModelLogProbability));
        memory.Writes(args.TopToken, top, nameof(TokenTiltOutputs.TopToken));
        memory.Writes(args.TopLogProbability, top, nameof(TokenTiltOutputs.TopLogProbability));
        memory.Writes(args.LeastKept, rows, nameof(TokenTiltOutputs.LeastKept));
        memory.Writes(args.LogSumExp, rows, nameof(TokenTiltOutputs.LogSumExp));
        memory.Writes(args.BaseLogSumExp, rows, nameof(TokenTiltOutputs.BaseLogSumExp));
        memory.Writes(args.Kl, rows, nameof(TokenTiltOutputs.Kl));
        memory.Writes(args.EffectiveSampleSize, rows, nameof(TokenTiltOutputs.EffectiveSampleSize));
        memory.Writes(args.Status, rows, nameof(TokenTiltOutputs.Status));
    }

    /// <summary>Adds what a step of a tilt in shards reads and writes.</summary>
    public void AddShard(in TokenShardPlace place)
    {
        if (place.Step is TokenShardStep.Finish or TokenShardStep.FinishTop)
        {
            return;
        }

        if (place.Step == TokenShardStep.Sum)
        {
            memory.Writes(place.States, place.StateBytes, "The states");
        }
        else
        {
            memory.Reads(place.States, place.StateBytes, "the states");
            if (place.Step == TokenShardStep.Rank)
            {
                memory.Reads((byte*)place.Picks, place.PickBytes, "the picks");
            }
            else
            {
                memory.Writes((byte*)place.Picks, place.PickBytes, "The picks");
            }
        }
    }

    /// <summary>
    /// An output that lies where the logits do takes their place row by row; with a row map, a row might still be read.
    /// </summary>
    private void AddTokens(in TokenTiltArgs args, in TokenSource place, TokenOutput output, string name)
    {
        bool isInPlace = args.RowMap == null
            && place.Values == args.Logits.Values
            && (place.Element, place.RowStride) == (args.Logits.Element, args.Logits.RowStride);
        memory.Writes((byte*)place.Values, output.Matrix.ExtentInBytes, name, isInPlace ? Logits : "");
    }
}
