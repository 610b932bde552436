using SoftBoN.Kernels;
using SoftBoN.Samples.OnnxScorer;

var model = new ScorerModel(seed: 7);
string path = Path.Combine(Path.GetTempPath(), $"scorer-{Environment.ProcessId}.onnx");
try
{
    model.Write(path);
    var random = new Random(1);
    int count = Example.Prompts * Example.Candidates * ScorerModel.Features;
    float[] features = [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    (float[] hidden, float[] scores) = Example.RunModel(path, features);

    using var engine = SoftBonEngine.CreateHost();
    PickedRewards fromScores = Example.FromScores(engine, scores);
    PickedRewards fromHidden = Example.FromHidden(engine, hidden, model);
    float apart = fromScores.Rewards.Zip(fromHidden.Rewards, (a, b) => Math.Abs(a - b)).Max();
    int same = fromScores.Index.Zip(fromHidden.Index, (a, b) => a == b ? 1 : 0).Sum();
    float gain = fromHidden.Index.Select((pick, prompt) => fromHidden.Rewards[(prompt * Example.Candidates) + pick]).Average();
    Console.WriteLine($"{same} of {Example.Prompts} picks agree, rewards within {(apart < 1e-5f ? "1e-5" : $"{apart}")}");
    Console.WriteLine($"mean reward of all {fromHidden.Rewards.Average():F2}, of the picks {gain:F2}");
}
finally
{
    File.Delete(path);
}
