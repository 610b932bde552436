
namespace SoftBoN.Kernels.Jobs;

/// <summary>What a contender is in its case.</summary>
internal enum Role
{
    /// <summary>This library.</summary>
    Ours,

    /// <summary>What this library is compared with.</summary>
    Peer,

    /// <summary>Shown beside, with no claim attached: the scalar reference, a bare read of the input.</summary>
    Beside,
}

/// <summary>One way to do a case's work.</summary>
/// <param name="Name">Its name in tables, unique in its case.</param>
/// <param name="Role">What it is.</param>
/// <param name="Run">Does it once, on a whole batch.</param>
/// <param name="Shape">The batch, which is smaller for slow contenders.</param>
/// <param name="BytesPerElement">The least bytes that have to move per candidate.</param>
internal sealed record Contender(string Name, Role Role, Action Run, Shape Shape, double BytesPerElement)
{
    /// <summary>Whether the processor waits for a device, so that its share says nothing of how quiet the machine is.</summary>
    public bool Waits { get; init; }

    /// <summary>The name of the bare read of a case's input.</summary>
    public const string Read = "read alone";
}
