namespace SoftBoN.NumericsProof;

/// <summary>Something stated about the arithmetic, and what was found.</summary>
/// <param name="Subject">The function.</param>
/// <param name="Statement">What was measured.</param>
/// <param name="Inputs">How many inputs were tried.</param>
/// <param name="Value">The worst that was found.</param>
/// <param name="Unit">What the value counts.</param>
/// <param name="At">The input where it was found; empty where no single one matters.</param>
/// <param name="Limit">The largest value with which the claim holds; null for what is reported only.</param>
internal sealed record Claim(
    string Subject, string Statement, long Inputs, double Value, string Unit, string At, double? Limit)
{
    public bool Holds => Limit is null || Value <= Limit;
}
