using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Scores;

/// <summary>Where the rewards of prompts go.</summary>
internal interface IScoreOutput : IDisposable
{
    void Add(long prompt, ReadOnlySpan<float> rewards);

    /// <summary>Hands out what was added.</summary>
    void Send();

    /// <summary>Says that all prompts are there: a file takes its place now.</summary>
    void Complete();
}

/// <summary>One line of JSON per prompt.</summary>
internal sealed class ScoreText(OutputSink sink) : IScoreOutput
{
    private readonly JsonLine _line = new();

    public void Add(long prompt, ReadOnlySpan<float> rewards)
    {
        _line.Begin();
        _line.Name("id"u8).Number((ulong)prompt);
        _line.Name("rewards"u8).Numbers(rewards);
        _line.End();
    }

    public void Send()
    {
        sink.Write(_line.Text);
        _line.Clear();
    }

    public void Complete() => sink.Complete();

    public void Dispose() => sink.Dispose();
}
