namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>A setting of the just-in-time compiler, which decides much of what generic vector code costs.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Variable">The environment variable that sets it, or null.</param>
/// <param name="Value">The variable's value.</param>
internal sealed record JitMode(string Name, string? Variable = null, string? Value = null)
{
    /// <summary>What users run unless they do something about it; all claims are made in this mode.</summary>
    public static JitMode Default { get; } = new("default");

    /// <summary>The others, in which a peer may be faster.</summary>
    public static IReadOnlyList<JitMode> Others { get; } =
    [
        new("TieredPGO=0", "DOTNET_TieredPGO", "0"),
        new("TieredCompilation=0", "DOTNET_TieredCompilation", "0"),
        new("EnableAVX512=0", "DOTNET_EnableAVX512", "0"),
    ];
}
