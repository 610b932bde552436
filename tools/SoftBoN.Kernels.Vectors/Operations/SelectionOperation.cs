namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>Selection with all its outputs.</summary>
internal sealed class SelectionOperation() : Operation(
    "selection",
    new("index", OutputShape.PerDraw, IsInteger: true),
    new("reward", OutputShape.PerDraw),
    new("logProbability", OutputShape.PerDraw),
    new("margin", OutputShape.PerDraw),
    new("lambda", OutputShape.PerRow),
    new("status", OutputShape.PerRow, IsInteger: true))
{
    private const uint IndexRewardAndLogProbability = 0b111;

    /// <summary>
    /// Without the margin candidates may be pruned, so everything but the margin is a set of its own.
    /// </summary>
    public override IEnumerable<uint> WantedSets => base.WantedSets.Append(IndexRewardAndLogProbability);

    protected override void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken)
    {
        var options = new SelectionOptions
        {
            Lambda = batch.Lambda.ToLambda(),
            Seed = batch.Seed == null ? default : batch.Seed.ToPerRow(),
            Position = batch.Position == null ? default : batch.Position.ToPerRow(),
            Noise = batch.Noise,
            Offsets = batch.Offsets,
            Elements = batch.Elements,
            Draws = batch.Draws,
            Distinct = batch.Distinct,
        };
        var memory = new SelectionOutputs
        {
            Index = outputs.Integers(0),
            Reward = outputs.Floats(1),
            LogProbability = outputs.Floats(2),
            Margin = outputs.Floats(3),
            Lambda = outputs.Floats(4),
            Status = outputs.Status,
        };
        engine.Select(batch.Rewards, batch.Rows.ToRows(), options, memory, cancellationToken);
    }
}
