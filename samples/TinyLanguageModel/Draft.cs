using SoftBoN.Kernels.Hosting;

namespace SoftBoN.Samples.TinyLanguageModel;

/// <summary>A text that is being written, and the noise that it is written with.</summary>
internal sealed class Draft(string text, TiltedSequence sequence)
{
    public TiltedSequence Sequence { get; } = sequence;

    public string Text { get; private set; } = text;

    /// <summary>The rewards of the characters so far.</summary>
    public float Reward { get; private set; }

    /// <summary>In nats: the log-probability of the characters so far under the model.</summary>
    public float LogProbability { get; private set; }

    public void Add(char character, float reward, float logProbability)
    {
        Text += character;
        Reward += reward;
        LogProbability += logProbability;
    }

    /// <summary>A draft that goes on from here with noise of its own.</summary>
    public Draft Branch(TiltedSequence next) => new(Text, next) { Reward = Reward, LogProbability = LogProbability };
}
