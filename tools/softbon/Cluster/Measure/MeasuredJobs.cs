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
        ("tilt", new TokenTiltJob(Logits)),
    ];
}

/// <summary>Selections at the lambda of a budget, which each row looks for.</summary>
internal sealed class BudgetJob(Shape shape) : RowsJob(shape)
{
    private const float Budget = 0.5f;

    private readonly int[] _index = new int[shape.Rows];

    public override void Run(SoftBonEngine engine, int rows) => engine.Select(
        First(rows), Layout(rows), new SelectionOptions { Lambda = Lambda.TargetKl(Budget), Seed = NextSeed() }, _index);

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceBuffer<float> rewards = memory.In<float>(Rewards.Span);
        DeviceBuffer<int> index = memory.Out<int>(Shape.Rows);
        return queue => queue.Select(
            rewards, DeviceLayout, new() { Lambda = DeviceLambda.TargetKl(Budget), Seed = NextSeed() }, new() { Index = index });
    }

    protected override void Clear() => _index.AsSpan().Fill(-1);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(_index.AsSpan()).ToArray();
}
