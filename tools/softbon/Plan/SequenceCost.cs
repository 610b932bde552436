namespace SoftBoN.Tool.Plan;

/// <summary>What selecting one sequence takes, block by block, counted.</summary>
/// <param name="Length">m, symbols.</param>
/// <param name="Block">The block length.</param>
/// <param name="Candidates">Candidates per block.</param>
internal readonly record struct SequenceCost(int Length, int Block, double Candidates)
{
    /// <summary>Blocks: selections that wait for each other.</summary>
    public int Rounds => ((Length - 1) / Block) + 1;

    /// <summary>Tokens that are drawn as parts of candidates.</summary>
    public double TokensProposed => Candidates * Length;

    /// <summary>
    /// Tokens that the model decodes: all candidates of a block share the pass that their first token is drawn from.
    /// </summary>
    public double TokensDecoded => Rounds + (Candidates * (Length - Rounds));

    public double RewardEvaluations => Candidates * Rounds;

    /// <summary>The model's time for some sequences side by side, in milliseconds.</summary>
    public double DecodeMs(BatchCost decode, int prompts) =>
        (Rounds * decode.Of(prompts)) + ((Length - Rounds) * decode.Of(prompts * Candidates));

    /// <summary>The reward's time for some sequences side by side, in milliseconds.</summary>
    public double RewardMs(BatchCost reward, int prompts) => Rounds * reward.Of(prompts * Candidates);
}
