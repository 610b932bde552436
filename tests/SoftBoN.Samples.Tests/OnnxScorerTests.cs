using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using SoftBoN.Kernels;
using SoftBoN.Samples.OnnxScorer;

namespace SoftBoN.Samples.Tests;

/// <summary>The sample that scores candidates by an ONNX model.</summary>
public sealed class OnnxScorerTests
{
    private const int Count = Example.Prompts * Example.Candidates;

    [Fact]
    public void It_prints_what_the_page_says()
    {
        string page = File.ReadAllText(Repository.File("docs/rewards.md"));
        string program = Path.Combine(AppContext.BaseDirectory, "OnnxScorer.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").Trim();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Contains($"```\n{output}\n```", page, StringComparison.Ordinal);
    }

    /// <summary>The model's outputs and the plan's rewards against double precision.</summary>
    [Fact]
    public void Model_and_plan_compute_what_they_should()
    {
        var model = new ScorerModel(seed: 3);
        string path = Path.GetTempFileName();
        try
        {
            model.Write(path);
            var random = new Random(5);
            float[] features = [.. Enumerable.Range(0, Count * ScorerModel.Features).Select(_ => random.NextSingle() - 0.5f)];
            (float[] hidden, float[] scores) = Example.RunModel(path, features);
            double[] expected = Scores(model, features);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], scores[i], 1e-5);
            }

            double[] rewards = Rewards(expected);
            using var engine = SoftBonEngine.CreateHost();
            foreach (PickedRewards picked in new[]
            {
                Example.FromScores(engine, scores),
                Example.FromHidden(engine, hidden, model),
            })
            {
                for (int i = 0; i < Count; i++)
                {
                    Assert.Equal(rewards[i], picked.Rewards[i], 1e-4);
                }

                Assert.All(picked.Index, index => Assert.InRange(index, 0, Example.Candidates - 1));
            }

            using OrtValue inPlace = Example.PicksInPlace(engine, model, path, features);
            Assert.Equal(
                Example.FromHidden(engine, hidden, model).Index, inPlace.GetTensorDataAsSpan<int>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double[] Scores(ScorerModel model, float[] features)
    {
        double[] scores = new double[Count * ScorerModel.Heads];
        for (int row = 0; row < Count; row++)
        {
            double[] hidden = [.. Enumerable.Range(0, ScorerModel.Hidden).Select(j => Math.Tanh(
                Enumerable.Range(0, ScorerModel.Features).Sum(i =>
                    (double)features[(row * ScorerModel.Features) + i] * model.Layer[(i * ScorerModel.Hidden) + j])))];
            for (int head = 0; head < ScorerModel.Heads; head++)
            {
                scores[(row * ScorerModel.Heads) + head] = model.Bias[head]
                    + hidden.Select((value, i) => value * model.Head[(i * ScorerModel.Heads) + head]).Sum();
            }
        }

        return scores;
    }

    /// <summary>The smaller z-score of the two.</summary>
    private static double[] Rewards(double[] scores)
    {
        double[] rewards = [.. Enumerable.Repeat(double.PositiveInfinity, Count)];
        for (int prompt = 0; prompt < Example.Prompts; prompt++)
        {
            for (int head = 0; head < ScorerModel.Heads; head++)
            {
                int[] places = [.. Enumerable.Range(prompt * Example.Candidates, Example.Candidates)];
                double Score(int place) => scores[(place * ScorerModel.Heads) + head];
                double mean = places.Average(Score);
                double deviation = Math.Sqrt(places.Average(place => Math.Pow(Score(place) - mean, 2)));
                foreach (int place in places)
                {
                    rewards[place] = Math.Min(rewards[place], (Score(place) - mean) / deviation);
                }
            }
        }

        return rewards;
    }
}
