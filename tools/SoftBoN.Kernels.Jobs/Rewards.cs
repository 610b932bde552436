namespace SoftBoN.Kernels.Jobs;

/// <summary>What the benchmarks run on.</summary>
internal static class Rewards
{
    /// <summary>Standard normal rewards, the usual shape of a reward model's scores, always the same.</summary>
    public static AlignedBuffer<float> Normal(Shape shape)
    {
        var rewards = new AlignedBuffer<float>(shape.Elements);
        var random = new Random(42);
        foreach (ref float reward in rewards.Span)
        {
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()));
            reward = (float)(radius * Math.Cos(2.0 * Math.PI * random.NextDouble()));
        }

        return rewards;
    }

    /// <summary>For each candidate one of a few answers, always the same.</summary>
    public static AlignedBuffer<int> Answers(Shape shape, int answers)
    {
        var buffer = new AlignedBuffer<int>(shape.Elements);
        var random = new Random(43);
        foreach (ref int answer in buffer.Span)
        {
            answer = random.Next(answers);
        }

        return buffer;
    }
}
