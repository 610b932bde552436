namespace SoftBoN.Kernels.Orleans;

/// <summary>A silo that a client knows.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Backend">The backend of its engine, as <c>--device</c> spells it.</param>
/// <param name="Device">What the engine runs on, for people.</param>
/// <param name="IsGpu">Whether that is a GPU: parts go there first while it is free.</param>
/// <param name="PartsAtOnce">Parts that it works on at once.</param>
public sealed record SiloReport(string Name, string Backend, string Device, bool IsGpu, int PartsAtOnce);
