using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>
/// Draws candidates and selects among them, both by the library's kernels. Counts depend on the seed and on nothing
/// that computes them.
/// </summary>
/// <param name="engine">What computes.</param>
/// <param name="seed">Any integer.</param>
internal sealed class Simulation(SoftBonEngine engine, ulong seed)
{
    private const int MostCandidates = 1 << 20;

    /// <summary>How often each outcome was selected.</summary>
    public long[] Counts(FiniteAlphabet alphabet, SelectionNoise noise, double lambda, int n, int trials)
    {
        float[] rewards = [.. alphabet.Rewards.ToArray().Select(reward => (float)reward)];
        float[] logs = [.. alphabet.Probabilities.ToArray().Select(mass => (float)Math.Log(mass))];
        long[] counts = new long[rewards.Length];
        int chunk = Math.Max(1, Math.Min(trials, MostCandidates / n));
        for (int done = 0; done < trials; done += chunk)
        {
            int rows = Math.Min(chunk, trials - done);
            foreach (int outcome in Select(logs, rewards, noise, (float)lambda, n, rows, (ulong)done))
            {
                counts[outcome]++;
            }
        }

        return counts;
    }

    private int[] Select(
        float[] logs, float[] rewards, SelectionNoise noise, float lambda, int n, int rows, ulong first)
    {
        ulong[] positions = [.. Enumerable.Range(0, rows).Select(row => first + (ulong)row)];
        int[] outcomes = new int[rows * n];
        engine.Select(
            logs,
            Rows.Strided(rows, logs.Length, rowStride: 0),
            new() { Lambda = 1, Seed = seed, Position = positions, Draws = n },
            outcomes);
        float[] drawn = Array.ConvertAll(outcomes, outcome => rewards[outcome]);
        int[] picks = new int[rows];

        // The complement keeps the noise of the selection apart from that of the candidates.
        engine.Select(
            drawn,
            Rows.Dense(rows, n),
            new() { Lambda = lambda, Seed = ~seed, Position = positions, Noise = noise },
            picks);
        return [.. picks.Select((pick, row) => outcomes[(row * n) + pick])];
    }
}
