namespace SoftBoN.Kernels.Jobs;

/// <summary>An engine that is timed; it is made when it is first asked for.</summary>
/// <param name="name">Its name in tables.</param>
/// <param name="make">Makes another like it.</param>
/// <param name="threads">Its threads on the processor; 0 where a device computes.</param>
internal sealed class JobEngine(string name, Func<SoftBonEngine> make, int threads) : IDisposable
{
    public const string ReferenceName = "reference";

    private readonly Lazy<SoftBonEngine> _engine = new(make);

    public string Name => name;

    public int Threads => threads;

    public SoftBonEngine Engine => _engine.Value;

    public bool IsReference => name == ReferenceName;

    public bool IsDevice => threads == 0;

    /// <summary>Another like it.</summary>
    public SoftBonEngine Make() => make();

    public void Dispose()
    {
        if (_engine.IsValueCreated)
        {
            _engine.Value.Dispose();
        }
    }
}
