using System.Reflection;

namespace SoftBoN.Kernels.Orleans;

/// <summary>What a client and a silo have to have in common, so that the one reads the other and both have the same bits.</summary>
internal static class KernelVersion
{
    /// <summary>Counts changes of the form of messages.</summary>
    private const int Wire = 1;

    /// <summary>The form of messages, and the version of the kernels, whose bits may change with it.</summary>
    public static string Current { get; } = $"{Wire}/{Package()}";

    private static string Package()
    {
        string version = typeof(SoftBonEngine).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        int build = version.IndexOf('+', StringComparison.Ordinal);
        return build < 0 ? version : version[..build];
    }
}
