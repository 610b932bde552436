namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Which draws may still be picked. Noise is a function of seed, position and number of draw, so it is known before a
/// response is: a draw that would not win at the largest reward there can be need not be made.
/// </summary>
internal sealed class ResponseRace
{
    private readonly SoftBonEngine engine;
    private readonly SoftBestOfNSettings settings;
    private readonly ulong seed;
    private readonly ulong position;
    private readonly float[] rewards;
    private readonly float[] standings;
    private readonly int[] order;

    public ResponseRace(SoftBonEngine engine, SoftBestOfNSettings settings, ulong seed, ulong position)
    {
        (this.engine, this.settings, this.seed, this.position) = (engine, settings, seed, position);
        rewards = new float[settings.N];
        standings = new float[settings.N];
        order = new int[settings.N];
        Array.Fill(rewards, float.NaN);
        Array.Fill(standings, settings.MaxReward ?? 0);
    }

    /// <summary>Notes a draw's reward.</summary>
    public void Score(int draw, float reward) => rewards[draw] = standings[draw] = reward;

    /// <summary>Notes that a draw failed.</summary>
    public void Exclude(int draw) => standings[draw] = float.NegativeInfinity;

    /// <summary>The draws that may still win, those that are likelier to first; none once the pick is certain.</summary>
    public ReadOnlySpan<int> Open()
    {
        if (settings.MaxReward == null)
        {
            return InTurn();
        }

        // With every open draw at the largest reward, whoever stands before the first known one may still win.
        engine.Select(
            standings,
            Rows.Dense(1, settings.N),
            new() { Lambda = settings.Lambda, Seed = seed, Position = position, Draws = settings.N, Distinct = true },
            order);
        int open = 0;
        while (open < order.Length && order[open] >= 0 && float.IsNaN(rewards[order[open]]))
        {
            open++;
        }

        return order.AsSpan(0, open);
    }

    /// <summary>Picks among the draws with rewards.</summary>
    public SoftBestOfNDiagnostics Pick(int started, Dictionary<int, Exception> failures)
    {
        float[] row = Array.ConvertAll(rewards, reward => float.IsNaN(reward) ? float.NegativeInfinity : reward);
        int[] index = new int[1];
        float[] outputs = new float[6];
        engine.Select(
            row,
            Rows.Dense(1, row.Length),
            new() { Lambda = settings.Lambda, Seed = seed, Position = position },
            new SelectionOutputs
            {
                Index = index,
                Reward = outputs.AsSpan(0, 1),
                LogProbability = outputs.AsSpan(1, 1),
                Margin = outputs.AsSpan(2, 1),
                Lambda = outputs.AsSpan(3, 1),
            });
        engine.SoftWeights(
            row,
            Rows.Dense(1, row.Length),
            settings.Lambda,
            new() { KlToUniform = outputs.AsSpan(4, 1), EffectiveSampleSize = outputs.AsSpan(5, 1) });
        return new SoftBestOfNDiagnostics
        {
            Index = index[0],
            Reward = outputs[0],
            LogProbability = outputs[1],
            Margin = outputs[2],
            Lambda = outputs[3],
            KlToUniform = outputs[4],
            EffectiveSampleSize = outputs[5],
            Rewards = rewards,
            Requested = settings.N,
            Started = started,
            Succeeded = rewards.Count(reward => !float.IsNaN(reward)),
            Failures = failures,
            Seed = seed,
            Position = position,
        };
    }

    private ReadOnlySpan<int> InTurn()
    {
        int open = 0;
        for (int draw = 0; draw < rewards.Length; draw++)
        {
            if (float.IsNaN(rewards[draw]) && standings[draw] != float.NegativeInfinity)
            {
                order[open++] = draw;
            }
        }

        return order.AsSpan(0, open);
    }
}
