using TorchSharp;
using static TorchSharp.torch;

namespace SoftBoN.Samples.TinyLanguageModel;

/// <summary>A language model of characters: two layers on the characters before.</summary>
internal sealed class CharacterModel : IDisposable
{
    /// <summary>How many characters the next one is told from.</summary>
    public const int Context = 12;

    private const int Width = 24;
    private const int Hidden = 128;
    private const int MostSteps = 400;
    private const double LearningRate = 0.003;

    private readonly nn.Module<Tensor, Tensor> network;

    public CharacterModel(string text, long seed)
    {
        Alphabet = string.Concat(text.Distinct().Order());
        manual_seed(seed);
        network = nn.Sequential(
            nn.Embedding(Alphabet.Length, Width),
            nn.Flatten(),
            nn.Linear(Context * Width, Hidden),
            nn.Tanh(),
            nn.Linear(Hidden, Alphabet.Length));
    }

    /// <summary>The characters that there are; a token is a place in it.</summary>
    public string Alphabet { get; }

    /// <summary>Learns a text, but not by heart: it stops at a loss that leaves something to choose from.</summary>
    /// <returns>Steps, and the loss in nats per character after them.</returns>
    public (int Steps, float Loss) Train(string text, float enough)
    {
        using Tensor contexts = Contexts([.. Enumerable.Range(Context, text.Length - Context).Select(end => text[..end])]);
        using Tensor next = tensor(text.Skip(Context).Select(Token).ToArray());
        using optim.Optimizer optimizer = optim.Adam(network.parameters(), LearningRate);
        float loss = float.PositiveInfinity;
        int step = 0;
        for (; step < MostSteps && loss > enough; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor mean = nn.functional.cross_entropy(network.call(contexts), next);
            mean.backward();
            optimizer.step();
            loss = mean.item<float>();
        }

        return (step, loss);
    }

    /// <summary>[texts, alphabet]: the logits of each text's next character.</summary>
    public float[] Logits(IReadOnlyList<string> texts)
    {
        using IDisposable evaluation = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return network.call(Contexts(texts)).data<float>().ToArray();
    }

    public void Dispose() => network.Dispose();

    private Tensor Contexts(IReadOnlyList<string> texts)
    {
        using Tensor flat = tensor(texts.SelectMany(text => text[^Context..].Select(Token)).ToArray());
        return flat.reshape(texts.Count, Context);
    }

    private long Token(char character) => Alphabet.IndexOf(character, StringComparison.Ordinal);
}
