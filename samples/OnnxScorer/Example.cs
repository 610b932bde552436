using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SoftBoN.Kernels;

namespace SoftBoN.Samples.OnnxScorer;

/// <summary>From an ONNX model's outputs to one pick per prompt.</summary>
internal static class Example
{
    public const int Prompts = 200;
    public const int Candidates = 8;

    /// <summary>Picks by the scores that the model makes itself: two heads, the worst case of their z-scores.</summary>
    public static PickedRewards FromScores(SoftBonEngine engine, ReadOnlySpan<float> scores)
    {
        // The model gives a row of scores per candidate, a plan takes all rewards of one member after those of another.
        float[] members = new float[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            members[(i % ScorerModel.Heads * Prompts * Candidates) + (i / ScorerModel.Heads)] = scores[i];
        }

        RewardPlan plan = RewardPlan.FromRewards(ScorerModel.Heads)
            .Calibrate(RewardCalibration.ZScore)
            .Ensemble(RewardPooling.Min);
        return Run(engine, plan, new RewardPlanInputs { Rewards = members });
    }

    /// <summary>The same from the model's hidden states: the head is the plan's, and the same bits everywhere.</summary>
    public static PickedRewards FromHidden(SoftBonEngine engine, ReadOnlySpan<float> hidden, ScorerModel model) =>
        Run(engine, PlanOf(model), new RewardPlanInputs
        {
            Hidden = TokenMatrix.Of(hidden, Prompts * Candidates, ScorerModel.Hidden),
        });

    private static SelectionOptions Selection => new() { Lambda = 0.25f, Seed = 42 };

    private static RewardPlan PlanOf(ScorerModel model) => RewardPlan
        .FromHead(new RewardHead
        {
            Weights = TokenMatrix.Of(model.HeadByRows(), ScorerModel.Heads, ScorerModel.Hidden),
            Bias = model.Bias,
        })
        .Calibrate(RewardCalibration.ZScore)
        .Ensemble(RewardPooling.Min);

    /// <summary>Runs the model in a file on the candidates' features.</summary>
    public static (float[] Hidden, float[] Scores) RunModel(string path, float[] features)
    {
        using var session = new InferenceSession(path);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(
            features, [Prompts * Candidates, ScorerModel.Features]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            options, ["features"], [input], ["hidden", "scores"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>
    /// The same in place: the engine reads the hidden states where ONNX Runtime left them and writes picks into a value of its
    /// own, which a model could take as its next input.
    /// </summary>
    public static OrtValue PicksInPlace(SoftBonEngine engine, ScorerModel model, string path, float[] features)
    {
        using var session = new InferenceSession(path);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(
            features, [Prompts * Candidates, ScorerModel.Features]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["features"], [input], ["hidden"]);
        OrtValue picks = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Int32, [Prompts]);
        engine.Run(
            PlanOf(model),
            new RewardPlanInputs
            {
                Hidden = TokenMatrix.Of(
                    outputs[0].GetTensorDataAsSpan<float>(), Prompts * Candidates, ScorerModel.Hidden),
            },
            Rows.Dense(Prompts, Candidates),
            Selection,
            new RewardPlanOutputs { Selection = new() { Index = picks.GetTensorMutableDataAsSpan<int>() } });
        return picks;
    }

    private static PickedRewards Run(SoftBonEngine engine, RewardPlan plan, RewardPlanInputs inputs)
    {
        var picked = new PickedRewards(new float[Prompts * Candidates], new int[Prompts]);
        engine.Run(
            plan,
            inputs,
            Rows.Dense(Prompts, Candidates),
            Selection,
            new RewardPlanOutputs { Reward = picked.Rewards, Selection = new() { Index = picked.Index } });
        return picked;
    }
}

/// <summary>The candidates' rewards, and the place of each prompt's pick.</summary>
internal sealed record PickedRewards(float[] Rewards, int[] Index);
