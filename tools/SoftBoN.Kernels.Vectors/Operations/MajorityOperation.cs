namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>Weighted majority with all its outputs.</summary>
internal sealed class MajorityOperation() : Operation(
    "weighted-majority",
    new("answer", OutputShape.PerRow, IsInteger: true),
    new("index", OutputShape.PerRow, IsInteger: true),
    new("share", OutputShape.PerRow),
    new("lambda", OutputShape.PerRow),
    new("status", OutputShape.PerRow, IsInteger: true))
{
    protected override void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken)
    {
        var memory = new MajorityOutputs
        {
            Answer = outputs.Integers(0),
            Index = outputs.Integers(1),
            Share = outputs.Floats(2),
            Lambda = outputs.Floats(3),
            Status = outputs.Status,
        };
        engine.Majority(
            batch.Rewards, batch.Rows.ToRows(), batch.Lambda.ToLambda(), batch.Answers, memory, cancellationToken);
    }
}
