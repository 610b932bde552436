namespace SoftBoN.Samples.TinyLanguageModel;

/// <summary>Texts side by side, a column for each lambda.</summary>
internal static class Columns
{
    private const int Width = 2 * Decoder.BlockLength;

    /// <summary>Writes texts whose lambdas repeat for each seed.</summary>
    /// <returns>The rewards per character, a value for each lambda.</returns>
    public static float[] Write(string title, string prompt, IReadOnlyList<float> lambdas, Draft[] drafts)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Line(lambdas.Select(lambda => float.IsPositiveInfinity(lambda) ? "lambda infinite" : $"lambda {lambda}"));
        foreach (Draft[] row in drafts.Chunk(lambdas.Count))
        {
            Line(row.Select(_ => new string('-', Width)));
            for (int start = prompt.Length; start < row[0].Text.Length; start += Width)
            {
                Line(row.Select(draft => draft.Text.Substring(start, Width)));
            }
        }

        int length = drafts[0].Text.Length - prompt.Length;
        float[] rewards = Means(draft => draft.Reward / length);
        Line(lambdas.Select(_ => new string('-', Width)));
        Line(rewards.Select(reward => $"reward/character {reward:F2}"));
        Line(Means(draft => -draft.LogProbability / length).Select(nats => $"nats/character   {nats:F2}"));
        return rewards;

        float[] Means(Func<Draft, float> value) => [.. lambdas.Select((_, column) =>
            drafts.Where((_, i) => i % lambdas.Count == column).Average(value))];
    }

    private static void Line(IEnumerable<string> cells) =>
        Console.WriteLine(string.Join(" | ", cells.Select(cell => cell.PadRight(Width))).TrimEnd());
}
