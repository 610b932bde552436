namespace SoftBoN.Tool.Bench;

/// <summary>An engine that is timed.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Make">Makes another like it.</param>
/// <param name="Threads">Its threads on the processor; 0 where a device computes.</param>
internal sealed record BenchEngine(string Name, Func<SoftBonEngine> Make, int Threads) : IDisposable
{
    public const string ReferenceName = "reference";

    public SoftBonEngine Engine { get; } = Make();

    public bool IsReference => Name == ReferenceName;

    public bool IsDevice => Threads == 0;

    public void Dispose() => Engine.Dispose();
}
