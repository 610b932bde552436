namespace SoftBoN.Kernels.Tests;

/// <summary>Lambda parameters worth trying.</summary>
internal static class Temperatures
{
    /// <summary>Both ends, both sides of each threshold inside, tiny and huge magnitudes, both signs.</summary>
    public static Temperature[] Given { get; } =
    [
        .. new[]
        {
            0f, 1e-45f, 1e-38f, 2.350988701644575e-38f, 3e-38f, 1e-30f, 1e-3f, 0.3f, 1f, 7f, 1e4f, 1e20f,
            1.2379400392853803e27f, 1.2e27f, 1e30f, 1e37f, 4.253529586511731e37f, 4.3e37f, float.PositiveInfinity,
        }.Select(Temperature.Given),
        .. new[] { 0f, -0f, -1e-45f, -1e-38f, -0.3f, -1f, -1e30f, -1e37f, float.NegativeInfinity, 0.7f }
            .Select(Temperature.Signed),
    ];

    /// <summary>Budgets, wide and narrow, met and not.</summary>
    public static Temperature[] Budgets { get; } =
    [
        .. new[] { 0f, 1e-5f, 0.5f, 2f, 100f, float.PositiveInfinity }.Select(Temperature.Kl),
        .. new[] { 1f, 1.5f, 10f, 299.5f, 1e9f, float.PositiveInfinity }.Select(Temperature.Ess),
    ];
}
