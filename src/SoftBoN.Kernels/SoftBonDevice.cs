namespace SoftBoN.Kernels;

/// <summary>What an engine runs on, and why.</summary>
/// <param name="Backend">The backend in use, never <see cref="SoftBonBackend.Auto"/>.</param>
/// <param name="Description">The processor's means, for people.</param>
/// <param name="Reason">Why this backend and not a better one.</param>
public sealed record SoftBonDevice(SoftBonBackend Backend, string Description, string Reason);
