using System.Diagnostics;
using SoftBoN.Kernels;
using SoftBoN.Samples.TinyLanguageModel;

const int Blocks = 6;
const int Texts = 3;
const float EnoughLoss = 0.8f;
const char Wanted = 'o';
float[] lambdas = [float.PositiveInfinity, 1, 0.5f, 0];

string path = Path.Combine(AppContext.BaseDirectory, "harbour.txt");
string text = string.Join(' ', File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
string prompt = text[..text.IndexOf("before", StringComparison.Ordinal)];
using var model = new CharacterModel(text, seed: 7);
long start = Stopwatch.GetTimestamp();
(int steps, float loss) = model.Train(text, EnoughLoss);
Console.WriteLine(
    $"{text.Length} characters, {model.Alphabet.Length} of them different, learnt in {steps} steps, "
    + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, to {loss:F2} nats per character.");
Console.WriteLine($"The reward of a character is 1 for '{Wanted}' and 0 for others. Texts go on from \"{prompt}\".");

using var engine = SoftBonEngine.CreateHost();
var decoder = new Decoder(model, engine, [.. model.Alphabet.Select(character => character == Wanted ? 1f : 0f)]);

// Texts of one seed have the same noise under every lambda, and all texts are written as one batch.
Writer[] writers = [.. Enumerable.Range(1, Texts).SelectMany(i => lambdas.Select(lambda => new Writer(lambda, (ulong)(100 * i))))];
float[] symbolwise = Columns.Write(
    $"Symbolwise, each character one of {Decoder.Candidates}:",
    prompt,
    lambdas,
    decoder.Symbolwise(prompt, writers, Blocks));
float[] blockwise = Columns.Write(
    $"Blockwise, each block of {Decoder.BlockLength} characters one of {Decoder.Candidates}:",
    prompt,
    lambdas,
    decoder.Blockwise(prompt, writers, Blocks));
bool isTilted = symbolwise[^1] > symbolwise[0] && blockwise[^1] > blockwise[0];
if (!isTilted || loss > EnoughLoss)
{
    Console.Error.WriteLine("The model did not learn, or the best of n have no more reward than the model's own.");
    return 1;
}

return 0;
