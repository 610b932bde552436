namespace SoftBoN.Server.Load;

/// <summary>Token tilts put together as a batcher would, to measure whether it should.</summary>
internal sealed class TiltTrial(SoftBonEngine engine, int vocabulary) : IBatchOperation<TiltTrial.Input, int>
{
    public string Name => "tilt";

    public int RowsOf(Input input) => 1;

    public int[] Run(IReadOnlyList<Input> inputs)
    {
        float[] logits = new float[inputs.Count * vocabulary];
        ulong[] seeds = new ulong[inputs.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            inputs[i].Logits.CopyTo(logits, i * vocabulary);
            seeds[i] = inputs[i].Seed;
        }

        int[] tokens = new int[inputs.Count];
        engine.TiltTokens(
            TokenMatrix.Of(logits, inputs.Count, vocabulary),
            new TokenTiltOptions { Seed = seeds, Position = 0ul },
            new TokenTiltOutputs { Token = tokens });
        return tokens;
    }

    internal sealed record Input(float[] Logits, ulong Seed);
}

/// <summary>The same for selections.</summary>
internal sealed class SelectTrial(SoftBonEngine engine, int candidates) : IBatchOperation<SelectTrial.Input, int>
{
    public string Name => "select";

    public int RowsOf(Input input) => 1;

    public int[] Run(IReadOnlyList<Input> inputs)
    {
        float[] rewards = new float[inputs.Count * candidates];
        ulong[] seeds = new ulong[inputs.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            inputs[i].Rewards.CopyTo(rewards, i * candidates);
            seeds[i] = inputs[i].Seed;
        }

        int[] picks = new int[inputs.Count];
        engine.Select(
            rewards,
            Rows.Dense(inputs.Count, candidates),
            new SelectionOptions { Lambda = 0.5f, Seed = seeds, Position = 0ul },
            picks);
        return picks;
    }

    internal sealed record Input(float[] Rewards, ulong Seed);
}
