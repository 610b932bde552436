using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Tests;

/// <summary>Comparisons of floats as bits.</summary>
internal static class Bitwise
{
    /// <summary>Fails at the first difference; an output that one of two calls did not make is not compared.</summary>
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        if (expected.IsEmpty || actual.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<uint> a = MemoryMarshal.Cast<float, uint>(expected);
        ReadOnlySpan<uint> b = MemoryMarshal.Cast<float, uint>(actual);
        int same = a.CommonPrefixLength(b);
        Assert.True(
            same == a.Length && same == b.Length,
            same < Math.Min(a.Length, b.Length)
                ? $"{what}: at {same} of {a.Length}, expected {expected[same]:R} ({a[same]:x8}), "
                    + $"got {actual[same]:R} ({b[same]:x8})"
                : $"{what}: {a.Length} values against {b.Length}");
    }

    public static void Same(ReadOnlySpan<int> expected, ReadOnlySpan<int> actual, string what)
    {
        if (expected.IsEmpty || actual.IsEmpty)
        {
            return;
        }

        int same = expected.CommonPrefixLength(actual);
        Assert.True(
            same == expected.Length && same == actual.Length,
            same < Math.Min(expected.Length, actual.Length)
                ? $"{what}: at {same} of {expected.Length}, expected {expected[same]}, got {actual[same]}"
                : $"{what}: {expected.Length} values against {actual.Length}");
    }
}
