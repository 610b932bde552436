using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda;

/// <summary>From hidden states to picks: heads score the candidates, and weights and picks are made of the scores.</summary>
public readonly record struct CudaRewardPlan
{
    /// <summary>
    /// The heads, of which there is one, or a mixture or gating: a row is a candidate. Where its Reward is 0, rewards are kept in
    /// the workspace.
    /// </summary>
    public CudaRewardScoring Head { get; init; }

    /// <summary>
    /// Which candidates each prompt has, one prompt after the other: dense or ragged, as many candidates as the head has rows.
    /// </summary>
    public CudaRows Prompts { get; init; }

    /// <summary>Soft weights of each prompt's candidates, null for none; rewards and rows are the plan's.</summary>
    public CudaSoftWeights? Weights { get; init; }

    /// <summary>Picks among each prompt's candidates, null for none; rewards and rows are the plan's.</summary>
    public CudaSelection? Selection { get; init; }

    internal void Check()
    {
        Head.Check();
        Prompts.Check();
        if (Head.Weights.Rows > 1 && Head.Mixture == 0 && Head.Gating == 0)
        {
            Throw.Argument(
                $"The plan has {Head.Weights.Rows} heads and one reward a candidate; pass Mixture or Gating.", nameof(Head));
        }

        bool isDense = Prompts.Layout == RowLayout.Strided && (Prompts.RowStride == Prompts.Columns || Prompts.Rows < 2)
            && (Prompts.ColumnStride == 1 || Prompts.Columns < 2);
        if (!isDense && Prompts.Layout != RowLayout.Ragged)
        {
            Throw.Argument(
                "The prompts' candidates have to follow each other; pass CudaRows.Dense or CudaRows.Ragged.", nameof(Prompts));
        }

        if (Prompts.Packed != Head.Rows)
        {
            Throw.Argument(
                $"The prompts have {Prompts.Packed} candidates and the head {Head.Rows} rows; pass hidden values for each "
                + "candidate.",
                nameof(Prompts));
        }

        if (Head.Reward == 0 && Head.Scores == 0 && Head.Status == 0 && Weights == null && Selection == null)
        {
            Throw.Argument("The plan has no output; ask for picks, weights or rewards.", nameof(Selection));
        }
    }
}
