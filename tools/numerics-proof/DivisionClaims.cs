namespace SoftBoN.NumericsProof;

/// <summary>Reciprocal, square root and quotient from fused multiply-adds: the bits of IEEE arithmetic.</summary>
internal static class DivisionClaims
{
    private const uint SmallestNormal = 0x00800000;
    private const uint LargestFinite = 0x7f7fffff;
    private const uint TwoTo126 = 0x7e800000;
    private const uint Minus = 0x80000000;

    public static IEnumerable<Claim> Prove(Sweep sweep, long pairs)
    {
        (uint, uint)[] invertible = [(SmallestNormal, TwoTo126), (Minus | SmallestNormal, Minus | TwoTo126)];
        (uint, uint)[] rootable = [(0, 0), (SmallestNormal, LargestFinite)];
        return
        [
            .. Exact("1/x by fma", "2^-126 <= |x| <= 2^126", FunctionSweep.Run<RcpFunction>(sweep, "1/x", invertible)),
            .. Exact("sqrt by fma", "+0, normal x > 0", FunctionSweep.Run<SqrtFunction>(sweep, "sqrt", rootable)),
            .. ElementaryClaims.Lanes("1/x", FunctionSweep.Run<HardwareRcpFunction>(sweep, "1/x, lanes", invertible)),
            .. ElementaryClaims.Lanes("sqrt", FunctionSweep.Run<HardwareSqrtFunction>(sweep, "sqrt, lanes", rootable)),
            .. QuotientClaims.Prove(sweep, pairs),
        ];
    }

    private static IEnumerable<Claim> Exact(string subject, string range, Tally tally)
    {
        string at = tally.MaxError > 0 ? ElementaryClaims.Show(tally.MaxErrorAt) : "";
        yield return new Claim(
            subject, $"error against IEEE, {range}", tally.Inputs, tally.MaxError, "ulp", at, 0);
        foreach (Claim claim in ElementaryClaims.Lanes(subject, tally))
        {
            yield return claim;
        }
    }
}
