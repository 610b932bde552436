namespace SoftBoN.Kernels.Tests.Readme;

/// <summary>The worked example of docs/rewards.md, line for line.</summary>
internal static class HeadExample
{
    private const int Prompts = 1000;
    private const int Candidates = 16;
    private const int Dimension = 256;

    /// <summary>What the example works on.</summary>
    public static (float[] Hidden, float[] Weights) Features()
    {
        // Stand-ins for the hidden states of last tokens, [16000, 256], and for a reward model's head.
        var random = new Random(7);
        float[] hidden = [.. Enumerable.Range(0, Prompts * Candidates * Dimension).Select(_ => random.NextSingle() - 0.5f)];
        float[] weights = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
        return (hidden, weights);
    }

    public static (string Prints, float[] Rewards, int[] Picks) Run(SoftBonEngine engine)
    {
        (float[] hidden, float[] weights) = Features();
        using var console = new StringWriter();
        RewardPlan plan = RewardPlan
            .FromHead(new RewardHead { Weights = TokenMatrix.Of(weights, 1, Dimension), Bias = [0.25f] })
            .Calibrate(RewardCalibration.ZScore);

        float[] rewards = new float[Prompts * Candidates];
        float[] gain = new float[Prompts];
        int[] picks = new int[Prompts];
        engine.Run(
            plan,
            new RewardPlanInputs { Hidden = TokenMatrix.Of(hidden, Prompts * Candidates, Dimension) },
            Rows.Dense(Prompts, Candidates),
            new SelectionOptions { Lambda = 0.5f, Seed = 42 },
            new RewardPlanOutputs
            {
                Reward = rewards,
                Weights = new() { ExpectedReward = gain },
                Selection = new() { Index = picks },
            });

        float picked = picks.Select((pick, prompt) => rewards[(prompt * Candidates) + pick]).Average();
        console.WriteLine($"picked {picked:F2}, expected {gain.Average():F2}");
        return (console.ToString().Trim(), rewards, picks);
    }
}
