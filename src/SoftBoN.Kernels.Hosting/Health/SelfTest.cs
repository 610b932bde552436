namespace SoftBoN.Kernels.Hosting;

/// <summary>A selection whose results are known from elsewhere: picks as published, log-probabilities in closed form.</summary>
internal static class SelfTest
{
    private const int Rows = 3;
    private const int Columns = 4;
    private const float Lambda = 0.5f;
    private const ulong Seed = 42;

    /// <summary>A log-softmax of four rewards is within a few units in the last place of 5.</summary>
    private const double Tolerance = 4e-6;

    /// <summary>The README's rewards.</summary>
    private static readonly float[] Rewards = [0.1f, 2.0f, 1.9f, -1.0f, 0.3f, 0.2f, 0.4f, 0.1f, 5.0f, 1.0f, 0.0f, 4.9f];

    private static readonly int[] Picks = [2, 0, 0];

    /// <summary>Runs the test where the engine's data lies, whatever the size below which calls stay on the processor.</summary>
    /// <param name="engine">The engine.</param>
    /// <returns>What differs, or null.</returns>
    public static async Task<string?> Run(SoftBonEngine engine)
    {
        using DeviceBuffer<float> rewards = engine.CreateBuffer<float>(Rewards.Length);
        using DeviceBuffer<int> index = engine.CreateBuffer<int>(Rows);
        using DeviceBuffer<float> logProbability = engine.CreateBuffer<float>(Rows);
        using SoftBonQueue queue = engine.CreateQueue();
        rewards.CopyFrom(Rewards);
        queue.Select(
            rewards,
            DeviceRows.Dense(Rows, Columns),
            new DeviceSelectionOptions { Lambda = Lambda, Seed = Seed },
            new DeviceSelectionOutputs { Index = index, LogProbability = logProbability });
        await queue.WhenDone().ConfigureAwait(false);
        int[] picks = new int[Rows];
        float[] logs = new float[Rows];
        index.CopyTo(picks);
        logProbability.CopyTo(logs);
        return Difference(picks, logs);
    }

    /// <summary>Compares results with what is known.</summary>
    internal static string? Difference(ReadOnlySpan<int> picks, ReadOnlySpan<float> logProbabilities)
    {
        for (int row = 0; row < Rows; row++)
        {
            if (picks[row] != Picks[row])
            {
                return $"row {row} picked {picks[row]} in place of {Picks[row]}.";
            }

            double expected = LogSoftmax(row, picks[row]);
            if (!(Math.Abs(logProbabilities[row] - expected) <= Tolerance))
            {
                return $"row {row} has log-probability {logProbabilities[row]} in place of {expected}.";
            }
        }

        return null;
    }

    private static double LogSoftmax(int row, int pick)
    {
        double sum = 0;
        for (int i = 0; i < Columns; i++)
        {
            sum += Math.Exp(Rewards[(row * Columns) + i] / Lambda);
        }

        return (Rewards[(row * Columns) + pick] / (double)Lambda) - Math.Log(sum);
    }
}
