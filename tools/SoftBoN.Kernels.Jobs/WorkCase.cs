
namespace SoftBoN.Kernels.Jobs;

/// <summary>One operation at one shape: its contenders, and their check.</summary>
/// <param name="shape">The batch.</param>
internal abstract class WorkCase(Shape shape) : IDisposable
{
    /// <summary>The batch.</summary>
    public Shape Shape => shape;

    /// <summary>Ours first.</summary>
    public abstract IReadOnlyList<Contender> Contenders { get; }

    /// <summary>A pause before each turn, after which the contender runs once untimed; none where it is zero.</summary>
    public virtual TimeSpan Settle => TimeSpan.Zero;

    /// <summary>Throws unless all contenders' results are right.</summary>
    public abstract void Check();

    public abstract void Dispose();
}
