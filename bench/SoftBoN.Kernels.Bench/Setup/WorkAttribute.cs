namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>What one call of a benchmark does, for the columns.</summary>
/// <param name="bytesPerElement">The least bytes that have to move per element.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorkAttribute(int bytesPerElement) : Attribute
{
    /// <summary>The least bytes that have to move per element.</summary>
    public int BytesPerElement => bytesPerElement;
}
