using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace SoftBoN.Kernels.Cuda;

/// <summary>Every message names the value, the limit and the cure.</summary>
[StackTraceHidden]
internal static class Throw
{
    [DoesNotReturn]
    public static void OutOfRange<T>(string name, T value, string limit) =>
        throw new ArgumentOutOfRangeException(name, value, limit);

    [DoesNotReturn]
    public static void Argument(string message, string name) => throw new ArgumentException(message, name);

    public static void IfUnaligned(nuint address, int alignment, string name)
    {
        if (address % (nuint)alignment != 0)
        {
            Argument($"{name} is at {address:x}; pass a device pointer that is a multiple of {alignment}.", name);
        }
    }

    public static void IfNotFinite(float value, string name)
    {
        if (!float.IsFinite(value))
        {
            OutOfRange(name, value, "Must be finite.");
        }
    }
}
