using System.Runtime.InteropServices;
using SoftBoN.Kernels.Jobs;

namespace SoftBoN.Tool.Cluster.Measure;

/// <summary>What a cluster is measured on: little work for each byte, and much.</summary>
internal static class MeasuredJobs
{
    private static readonly Shape Prompts = new(32768, 64);
    private static readonly Shape Logits = new(64, 32768);

    /// <summary>The jobs with their names; dispose them.</summary>
    public static IReadOnlyList<(string Name, Job Job)> Create() =>
    [
        ("select, lambda given", new SelectionJob(Prompts)),
        ("select, lambda from a KL budget", new BudgetJob(Prompts)),
        ("weights", new SoftWeightsJob(Prompts)),
        ("tilt", new TiltJob(Logits)),
    ];
}

/// <summary>Selections at the lambda of a budget, which each row looks for.</summary>
internal sealed class BudgetJob(Shape shape) : Job(shape)
{
    private const float Budget = 0.5f;

    private readonly int[] _index = new int[shape.Rows];

    public override double BytesPerElement => sizeof(float);

    public override void Run(SoftBonEngine engine, int rows) => engine.Select(
        First(rows), Layout(rows), new SelectionOptions { Lambda = Lambda.TargetKl(Budget), Seed = 42 }, _index);

    protected override void Clear() => _index.AsSpan().Fill(-1);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(_index.AsSpan()).ToArray();
}

/// <summary>A token of each row of logits.</summary>
internal sealed class TiltJob(Shape shape) : Job(shape)
{
    private readonly int[] _token = new int[shape.Rows];

    public override double BytesPerElement => sizeof(float);

    public override void Run(SoftBonEngine engine, int rows) => engine.TiltTokens(
        TokenMatrix.Of(First(rows), rows, Shape.Columns),
        new TokenTiltOptions { Temperature = 0.8f, Seed = 42 },
        new TokenTiltOutputs { Token = _token.AsSpan(0, rows) });

    protected override void Clear() => _token.AsSpan().Fill(-1);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(_token.AsSpan()).ToArray();
}
