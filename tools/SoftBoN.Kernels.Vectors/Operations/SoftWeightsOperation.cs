namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>Soft weights and all their diagnostics.</summary>
internal sealed class SoftWeightsOperation() : Operation(
    "soft-weights",
    new("weights", OutputShape.PerCandidate),
    new("logWeights", OutputShape.PerCandidate),
    new("logMeanExp", OutputShape.PerRow),
    new("effectiveSampleSize", OutputShape.PerRow),
    new("entropy", OutputShape.PerRow),
    new("klToUniform", OutputShape.PerRow),
    new("expectedReward", OutputShape.PerRow),
    new("chiSquare", OutputShape.PerRow),
    new("klFromTiltBound", OutputShape.PerRow),
    new("klFromModelBound", OutputShape.PerRow),
    new("lambda", OutputShape.PerRow),
    new("status", OutputShape.PerRow, IsInteger: true))
{
    protected override void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken)
    {
        var memory = new SoftWeightsOutputs
        {
            Weights = outputs.Floats(0),
            LogWeights = outputs.Floats(1),
            LogMeanExp = outputs.Floats(2),
            EffectiveSampleSize = outputs.Floats(3),
            Entropy = outputs.Floats(4),
            KlToUniform = outputs.Floats(5),
            ExpectedReward = outputs.Floats(6),
            ChiSquare = outputs.Floats(7),
            KlFromTiltBound = outputs.Floats(8),
            KlFromModelBound = outputs.Floats(9),
            Lambda = outputs.Floats(10),
            Status = outputs.Status,
        };
        engine.SoftWeights(batch.Rewards, batch.Rows.ToRows(), batch.Lambda.ToLambda(), memory, cancellationToken);
    }
}
