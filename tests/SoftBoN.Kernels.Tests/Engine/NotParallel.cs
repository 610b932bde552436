namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>
/// Tests that look at the whole process (allocations, environment, assemblies) or need its threads for themselves.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotParallel
{
    public const string Name = "Not parallel";
}
