using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels;

/// <summary>Every message names the value, the limit and the cure.</summary>
[StackTraceHidden]
internal static class Throw
{
    public static void IfNegative(long value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value < 0)
        {
            OutOfRange(name, value, "Must be at least 0.");
        }
    }

    public static void IfRaggedOffsetsEmpty(
        ReadOnlySpan<long> offsets, [CallerArgumentExpression(nameof(offsets))] string? name = null)
    {
        if (offsets.IsEmpty)
        {
            Argument("Ragged rows need rows + 1 offsets, at least one; pass [0] for an empty batch.", name);
        }
    }

    public static void IfLengthsDiffer(long first, long second, string firstName, string secondName)
    {
        if (first != second)
        {
            Argument($"{firstName} has {first} values and {secondName} has {second}; pass as many of one as of the other.",
                secondName);
        }
    }

    [DoesNotReturn]
    public static void OutOfRange<T>(string? name, T value, string limit) =>
        throw new ArgumentOutOfRangeException(name, value, limit);

    [DoesNotReturn]
    public static void Argument(string message, string? name) => throw new ArgumentException(message, name);
}
