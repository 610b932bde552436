using Xunit.Abstractions;

namespace SoftBoN.TestRunner;

/// <summary>Settings of discovery and execution: all that are asked for are left at their defaults.</summary>
internal sealed class FrameworkOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> values = [];

    /// <inheritdoc/>
    public TValue GetValue<TValue>(string name) =>
        values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

    /// <inheritdoc/>
    public void SetValue<TValue>(string name, TValue value) => values[name] = value;
}
