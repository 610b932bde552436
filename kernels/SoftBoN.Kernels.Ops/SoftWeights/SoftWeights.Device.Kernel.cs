using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Soft weights on a device: one team a row. In full, or weights alone, by a kernel of a third of the size.
/// </summary>
internal static class SoftWeightsKernel<TWarp, TTeam, TFull>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TFull : struct, IFlag
{
    /// <summary>The kernel.</summary>
    public static void Run(SoftWeightsKernelArgs args)
    {
        TeamRow<TWarp, TTeam> team = default;
        team.Rows = args.Rows;
        team.Lambdas = args.Lambdas;
        team.Place = TeamPlace.Of<TTeam>();
        team.Place.Share<TTeam>(in args.Shared);
        for (long first = SlotRange<TTeam>.First; first < args.Rows.Slots; first += SlotRange<TTeam>.Step)
        {
            team.Row = args.Rows.At(first + SlotRange<TTeam>.Team);
            RunRow(in args, ref team);
        }
    }

    private static void RunRow(in SoftWeightsKernelArgs args, ref TeamRow<TWarp, TTeam> team)
    {
        SoftWeightsSums sums = default;
        RowStatus status = team.Prepare(TFull.Value, ref sums);
        team.MakeSums(TFull.Value ? args.Wanted : 0, ref sums);
        if (TFull.Value && args.Wants(SoftWeightsOutput.LogMeanExp))
        {
            team.MakeComplements(ref sums);
        }

        Write(in args, in team, in sums, status);
    }

    /// <summary>Writes what there is of a row.</summary>
    public static void Write(
        in SoftWeightsKernelArgs args, in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, RowStatus status)
    {
        bool hasResult = status < RowStatus.Empty;
        if (args.Wants(SoftWeightsOutput.PerCandidate))
        {
            WriteCandidates(in args, in team, in sums, hasResult);
        }

        if (team.Row.Exists && team.Place.Writes)
        {
            long row = team.Row.Number;
            if (args.Wants(SoftWeightsOutput.Status))
            {
                args.Status[row] = (byte)status;
            }

            if (args.Wants(SoftWeightsOutput.LambdaUsed))
            {
                args.LambdaUsed[row] = hasResult ? SoftWeightsOp.LambdaUsed(in sums) : args.Rows.NoResult;
            }

            if (TFull.Value)
            {
                WriteRow(in args, row, in sums, hasResult);
            }
        }
    }

    private static void WriteCandidates(
        in SoftWeightsKernelArgs args, in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, bool hasResult)
    {
        bool weights = args.Wants(SoftWeightsOutput.Weights);
        bool logWeights = TFull.Value && args.Wants(SoftWeightsOutput.LogWeights);
        bool isAligned = args.AreWeightsAligned != 0 && team.Row.IsPackedAligned;
        float reciprocal = Division.Rcp(hasResult ? sums.Sum : 1f);
        float logSum = logWeights ? Logarithm.Log(hasResult ? sums.Sum : 1f) : 0f;
        float none = args.Rows.NoResult;
        int length = team.Row.Length;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = team.Directed(i, sums.IsNegative);
                if (weights)
                {
                    var quad = new Quad(
                        hasResult ? Weight(in sums, reward.A, reciprocal) : none,
                        hasResult ? Weight(in sums, reward.B, reciprocal) : none,
                        hasResult ? Weight(in sums, reward.C, reciprocal) : none,
                        hasResult ? Weight(in sums, reward.D, reciprocal) : none);
                    quad.Store(args.Weights, team.Row.Packed, i, length, isAligned);
                }

                if (logWeights)
                {
                    var quad = new Quad(
                        hasResult ? LogWeight(in sums, reward.A, logSum) : none,
                        hasResult ? LogWeight(in sums, reward.B, logSum) : none,
                        hasResult ? LogWeight(in sums, reward.C, logSum) : none,
                        hasResult ? LogWeight(in sums, reward.D, logSum) : none);
                    quad.Store(args.LogWeights, team.Row.Packed, i, length, isAligned);
                }
            }
        }
    }

    private static float Weight(in SoftWeightsSums sums, float reward, float reciprocal) =>
        reward == float.NegativeInfinity ? 0f : SoftWeightsOp.Weight(SoftWeightsOp.Exp(in sums, reward), reciprocal);

    private static float LogWeight(in SoftWeightsSums sums, float reward, float logSum)
    {
        float x = SoftWeightsOp.X(in sums, reward);
        bool hasWeight = reward != float.NegativeInfinity && (sums.Mode != TiltMode.Hard || x == 0f);
        return hasWeight ? SoftWeightsOp.LogWeight(x, logSum) : float.NegativeInfinity;
    }

    private static void WriteRow(in SoftWeightsKernelArgs args, long row, in SoftWeightsSums sums, bool hasResult)
    {
        float none = args.Rows.NoResult;
        if (args.Wants(SoftWeightsOutput.LogMeanExp))
        {
            args.LogMeanExp[row] = hasResult ? SoftWeightsOp.LogMeanExp(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.EffectiveSampleSize))
        {
            args.EffectiveSampleSize[row] = hasResult ? SoftWeightsOp.EffectiveSampleSize(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.Entropy))
        {
            args.Entropy[row] = hasResult ? SoftWeightsOp.Entropy(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.KlToUniform))
        {
            args.KlToUniform[row] = hasResult ? SoftWeightsOp.KlToUniform(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.ExpectedReward))
        {
            args.ExpectedReward[row] = hasResult ? SoftWeightsOp.ExpectedReward(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.ChiSquare))
        {
            args.ChiSquare[row] = hasResult ? SoftWeightsOp.ChiSquare(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.KlFromTiltBound))
        {
            args.KlFromTiltBound[row] = hasResult ? SoftWeightsOp.KlFromTiltBound(in sums) : none;
        }

        if (args.Wants(SoftWeightsOutput.KlFromModelBound))
        {
            args.KlFromModelBound[row] = hasResult ? SoftWeightsOp.KlFromModelBound(in sums) : none;
        }
    }
}
