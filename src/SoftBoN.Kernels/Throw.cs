using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

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
            Argument(
                $"{firstName} has {first} values and {secondName} has {second}; pass as many of one as of the other.",
                secondName);
        }
    }

    /// <summary>An output may be empty, which means not wanted; otherwise it has to hold all results.</summary>
    public static void IfTooShort<T>(ReadOnlySpan<T> output, long needed, string name)
    {
        if (!output.IsEmpty && output.Length < needed)
        {
            Argument($"{name} holds {output.Length} values and {needed} are needed; pass more memory or none.", name);
        }
    }

    /// <summary>A packed input may be empty, which means absent; otherwise it has one value per candidate.</summary>
    public static void IfNotPacked<T>(ReadOnlySpan<T> input, long candidates, string name)
    {
        if (!input.IsEmpty && input.Length != candidates)
        {
            Argument(
                $"{name} has {input.Length} values and the rows have {candidates} candidates; pass one per candidate, "
                + "row after row without gaps.",
                name);
        }
    }

    public static void IfNotPerRow<T>(PerRow<T> values, long rows, string name)
        where T : unmanaged
    {
        if (values.IsPerRow && values.Values.Length != rows)
        {
            Argument($"{name} has {values.Values.Length} values and the batch {rows} rows; pass one or one per row.", name);
        }
    }

    /// <summary>Lambda has to be given; a scalar has to be in range. Per-row values are looked at row by row.</summary>
    public static void IfInvalid(Lambda lambda, long rows)
    {
        if (lambda.Kind == LambdaKind.NotGiven)
        {
            Argument("Lambda is not set; pass a temperature such as 0.5f, or Lambda.TargetKl(nats).", "Lambda");
        }

        IfNotPerRow(lambda.Values, rows, "Lambda");
        if (lambda.Values.IsPerRow)
        {
            return;
        }

        float value = lambda.Values.Scalar;
        switch (RowLambda.Of(lambda.Kind, value).Status)
        {
            case RowStatus.Ok:
                return;
            case RowStatus.TargetInvalid when lambda.Kind == LambdaKind.TargetKl:
                OutOfRange("TargetKl", value, "Must be at least 0 nats.");
                return;
            case RowStatus.TargetInvalid:
                OutOfRange("TargetEss", value, "Must be at least 1 candidate.");
                return;
            case RowStatus.LambdaInvalid when lambda.Kind == LambdaKind.GivenSigned:
                OutOfRange("Lambda", value, "Must be a number.");
                return;
            default:
                OutOfRange(
                    "Lambda", value, "Must be 0 to +infinity; for a negative temperature pass Lambda.AllowNegative(value).");
                return;
        }
    }

    public static void IfInvalid(SelectionNoise noise, bool hasSeed, int draws)
    {
        if (noise > SelectionNoise.None)
        {
            OutOfRange("Noise", noise, "Must be Gumbel, UniformRace or None.");
        }

        if (noise != SelectionNoise.None && !hasSeed)
        {
            Argument("Seed is not set; pass a seed, or one per row, or Noise = None.", "Seed");
        }

        if (draws is < 1 or > NoiseKey.MaxDraws)
        {
            OutOfRange("Draws", draws, $"Must be 1 to {NoiseKey.MaxDraws}.");
        }
    }

    public static void IfShorter(long length, long needed, string name)
    {
        if (length < needed)
        {
            Argument($"{name} has {length} elements and {needed} are needed; pass as many or more.", name);
        }
    }

    public static void IfOutside(long start, long count, long length)
    {
        if (start < 0 || start > length)
        {
            OutOfRange(nameof(start), start, $"Must be 0 to {length}.");
        }

        if (count < 0 || count > length - start)
        {
            OutOfRange(nameof(count), count, $"Must be at least 0, and {length - start} elements are there from {start} on.");
        }
    }

    [DoesNotReturn]
    public static void OutOfRange<T>(string? name, T value, string limit) =>
        throw new ArgumentOutOfRangeException(name, value, limit);

    [DoesNotReturn]
    public static void Argument(string message, string? name) => throw new ArgumentException(message, name);
}
