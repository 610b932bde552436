using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftBoN.Kernels.Theory;

/// <summary>Argument checks; every message names the value, the limit and the cure.</summary>
[StackTraceHidden]
internal static class Throw
{
    /// <summary>How far a sum of probabilities may lie from 1: far above rounding, far below a real mistake.</summary>
    internal const double SumTolerance = 1e-9;

    internal static void IfNotTemperature(double lambda)
    {
        // Written so that NaN fails as well.
        if (!(lambda >= 0))
        {
            OutOfRange(nameof(lambda), lambda, "must be 0 (best-of-n), positive or +infinity (reference law); "
                + "for worst-of-n negate the rewards (FiniteAlphabet.WithNegatedRewards)");
        }
    }

    internal static void IfNotCandidateCount(int n)
    {
        if (n < 1)
        {
            OutOfRange(nameof(n), n, "must be at least 1: a selection needs a candidate");
        }
    }

    internal static void IfNotLength(int length, string name)
    {
        if (length < 1)
        {
            OutOfRange(name, length, "must be at least 1: a sequence has a symbol");
        }
    }

    internal static void IfNotBlock(int blockLength, int length)
    {
        if (blockLength < 1 || blockLength > length)
        {
            OutOfRange(
                nameof(blockLength), blockLength, $"must lie from 1 (symbolwise) to length = {length} (blockwise)");
        }
    }

    internal static void IfBelow(double value, double least, string name)
    {
        if (!(value >= least))
        {
            OutOfRange(name, value, $"must be at least {Text(least)} and not NaN");
        }
    }

    internal static void IfNotFiniteMean(double value, string name)
    {
        IfBelow(value, 0, name);
        IfNotFinite(value, name);
    }

    internal static void IfOutside(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            OutOfRange(name, value, $"must lie from {Text(least)} to {Text(most)}");
        }
    }

    internal static void IfNotFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            OutOfRange(name, value, "must be finite");
        }
    }

    internal static void IfNotLaw(ReadOnlySpan<double> law, string name)
    {
        if (law.IsEmpty)
        {
            throw new ArgumentException($"{name} is empty; a law needs at least one outcome.", name);
        }

        var total = new CompensatedSum();
        for (int i = 0; i < law.Length; i++)
        {
            if (!(law[i] >= 0))
            {
                throw new ArgumentException(
                    $"{name}[{i}] = {Text(law[i])}; a probability must be at least 0 and not NaN.", name);
            }

            total.Add(law[i]);
        }

        if (!(Math.Abs(total.Value - 1) <= SumTolerance))
        {
            throw new ArgumentException(
                $"The sum of {name} is {Text(total.Value)}; it must lie within {Text(SumTolerance)} of 1: "
                + "divide every entry by the sum.",
                name);
        }
    }

    internal static void IfNotRewards(ReadOnlySpan<double> rewards, string name)
    {
        if (rewards.IsEmpty)
        {
            throw new ArgumentException($"{name} is empty; at least one reward is needed.", name);
        }

        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < rewards.Length; i++)
        {
            if (!double.IsFinite(rewards[i]))
            {
                throw new ArgumentException(
                    $"{name}[{i}] = {Text(rewards[i])}; a reward must be finite: leave excluded outcomes out.", name);
            }

            lowest = Math.Min(lowest, rewards[i]);
            highest = Math.Max(highest, rewards[i]);
        }

        if (!double.IsFinite(highest - lowest))
        {
            throw new ArgumentException(
                $"{name} span {Text(lowest)} to {Text(highest)}; the difference must be a finite double: divide "
                + "rewards and lambda by the same number.",
                name);
        }
    }

    internal static void IfLengthsDiffer(int length, int expected, string name, string other)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"{name} has {length} entries and {other} has {expected}; give one entry per outcome in both.", name);
        }
    }

    internal static void IfNotWholeRows(int length, int n, string name)
    {
        if (length % n != 0)
        {
            throw new ArgumentException(
                $"{name} has {length} entries, which is not a multiple of n = {n}; give whole rows of n candidates.",
                name);
        }
    }

    internal static void IfNotAtMost(int value, int most, string name, string reason)
    {
        if (value > most)
        {
            OutOfRange(name, value, $"must be at most {most}: {reason}");
        }
    }

    internal static void IfCountBelow(int value, int least, string name)
    {
        if (value < least)
        {
            OutOfRange(name, value, $"must be at least {least}");
        }
    }

    internal static void IfNotAnswer(int answer, int index, int count, string name)
    {
        if (answer < 0 || answer >= count)
        {
            throw new ArgumentException(
                $"{name}[{index}] = {answer}; it must lie from 0 to {count - 1}: number the answers in order of "
                + "appearance.",
                name);
        }
    }

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    [DoesNotReturn]
    private static void OutOfRange(string name, double value, string rule) =>
        throw new ArgumentOutOfRangeException(name, value, $"{name} = {Text(value)}; it {rule}.");
}
