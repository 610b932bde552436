namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A plan block by block: the rewards of some prompts are made, changed and used while they are in the nearest cache.
/// Operations see the numbers of rows that they would see alone, and so return the same bits.
/// </summary>
/// <typeparam name="TPath">Which path operations take.</typeparam>
internal static unsafe class RewardPlanOp<TPath>
    where TPath : IRewardPath
{
    /// <summary>Rewards of a block: what the nearest cache holds beside what passes through it.</summary>
    private const int BlockSize = 4096;

    /// <summary>Prompts first to end - 1, from features to picks.</summary>
    public static void Run(in RewardPlanArgs args, long first, long end, RowScratch scratch)
    {
        RewardBlock block = scratch.Rewards;
        for (long prompt = first; prompt < end; prompt = block.End)
        {
            block.Take(in args, prompt, end, BlockSize);
            Produce(in args, block, scratch);
            for (int step = 0; step < args.StepCount; step++)
            {
                Apply(in args, in args.Steps[step], block, scratch);
            }

            Finish(in args, block, scratch);
        }
    }

    private static void Produce(in RewardPlanArgs args, RewardBlock block, RowScratch scratch)
    {
        if (args.Head.Heads > 0)
        {
            RewardScoringArgs head = args.Head;
            head.Status = args.Status;
            bool mixes = args.Members == 1;
            head.Reward = mixes ? block.Member(0) : null;
            head.Scores = mixes || head.Scores != null ? head.Scores : block.Scores;
            TPath.Score(in head, block.FirstCandidate, block.EndCandidate, scratch);
            if (!mixes)
            {
                block.TakeScores(head.Scores);
            }
        }
        else if (args.Given == null)
        {
            RewardPoolingArgs tokens = args.Tokens;
            tokens.Reward = block.Member(0);
            tokens.Status = args.Status;
            TPath.Pool(in tokens, block.FirstCandidate, block.EndCandidate, scratch);
        }
        else
        {
            block.TakeGiven(in args);
        }
    }

    private static void Apply(in RewardPlanArgs args, in RewardStep step, RewardBlock block, RowScratch scratch)
    {
        switch (step.Kind)
        {
            case RewardStepKind.Calibrate:
                for (int member = 0; member < block.Members; member++)
                {
                    RewardCalibrationArgs calibration = step.Calibration;
                    calibration.Rows = args.PromptsOf(block.Member(member));
                    calibration.Reward = block.Member(member);
                    calibration.Status = args.Status == null ? null : block.Statuses - block.First;
                    TPath.Calibrate(in calibration, block.First, block.End, scratch);
                    block.KeepPromptStatuses(in args);
                }

                break;
            case RewardStepKind.Ensemble:
                RewardPoolingArgs ensemble = step.Ensemble;
                ensemble.Rows = block.MembersAsRows();
                ensemble.Reward = block.Member(0);
                ensemble.Status = block.StatusesOfCandidates(in args);
                TPath.Pool(in ensemble, block.FirstCandidate, block.EndCandidate, scratch);
                block.KeepStatuses(in args);
                block.Members = 1;
                break;
            default:
                var penalty = new RewardPenaltyArgs
                {
                    Rewards = block.Member(0),
                    LogProbability = step.Beta == 0f ? null : args.LogProbability,
                    ReferenceLogProbability = args.ReferenceLogProbability,
                    Length = step.Gamma == 0f ? null : args.Length,
                    Beta = step.Beta,
                    Gamma = step.Gamma,
                    Reward = block.Member(0),
                    Status = block.StatusesOfCandidates(in args),
                };
                RewardPenaltyOp.Run(in penalty, block.FirstCandidate, block.EndCandidate);
                block.KeepStatuses(in args);
                break;
        }
    }

    private static void Finish(in RewardPlanArgs args, RewardBlock block, RowScratch scratch)
    {
        if (args.Reward != null)
        {
            block.Write(args.Reward);
        }

        if (args.WantsWeights)
        {
            SoftWeightsArgs weights = args.Weights;
            weights.Rows = args.PromptsOf(block.Member(0));
            TPath.Weigh(in weights, block.First, block.End, scratch);
        }

        if (args.WantsSelection)
        {
            SelectionArgs selection = args.Selection;
            selection.Rows = args.PromptsOf(block.Member(0));
            TPath.Select(in selection, block.First, block.End, scratch);
        }
    }
}
