namespace SoftBoN.Kernels.Tests.Readme;

/// <summary>The README's example, line for line.</summary>
internal static class Example
{
    public static string Run()
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            // Three prompts, four candidates each: a reward for every candidate.
            float[] rewards = [0.1f, 2.0f, 1.9f, -1.0f, 0.3f, 0.2f, 0.4f, 0.1f, 5.0f, 1.0f, 0.0f, 4.9f];
            int[] picks = new int[3];

            using var engine = SoftBonEngine.Create();
            engine.Select(rewards, Rows.Dense(3, 4), new() { Lambda = 0.5f, Seed = 42 }, picks);
            Console.WriteLine(string.Join(", ", picks));
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString().Trim();
    }
}
