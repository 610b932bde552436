using System.Globalization;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>exp, exp2, expm1, log, log1p: errors, no subnormal results, vectors equal to scalars.</summary>
internal static class ElementaryClaims
{
    private const uint PlusZero = 0;
    private const uint MinusZero = 0x80000000;
    private const uint MinusInfinity = 0xff800000;
    private const uint FirstNaN = 0x7f800001;
    private const uint LastNaN = 0x7fffffff;
    private const uint AllBits = 0xffffffff;

    public static IEnumerable<Claim> Prove(Sweep sweep)
    {
        // exp and expm1 take what is at most 0: from -0 down to -infinity, the NaNs after it, the other NaNs.
        (uint, uint)[] atMostZero = [(PlusZero, PlusZero), (MinusZero, AllBits), (FirstNaN, LastNaN)];
        (uint, uint)[] atMostZeroNoNaN = [(PlusZero, PlusZero), (MinusZero, MinusInfinity)];
        (uint, uint)[] everything = [(PlusZero, AllBits)];
        (uint, uint)[] beyond = [(1, BitConverter.SingleToUInt32Bits(88f))];

        return
        [
            .. Three("exp", "x <= 0, NaN", 0.883, FunctionSweep.Run<ExpFunction>(sweep, "exp", atMostZero)),
            .. Three("exp2", "x <= 0", 0.786, FunctionSweep.Run<Exp2Function>(sweep, "exp2", atMostZeroNoNaN)),
            .. Lanes("exp2, by loops", FunctionSweep.Run<Exp2Loop>(sweep, "exp2, by loops", atMostZeroNoNaN)),
            Error("exp", "0 < x <= 88, not used", null, FunctionSweep.Run<ExpFunction>(sweep, "exp > 0", beyond)),
            .. Three("expm1", "x <= 0, NaN", 0.952, FunctionSweep.Run<Expm1Function>(sweep, "expm1", atMostZero)),
            Error("expm1", "0 < x <= 88, not used", null, FunctionSweep.Run<Expm1Function>(sweep, "expm1 > 0", beyond)),
            .. Three("log", "all floats", 1.34, FunctionSweep.Run<LogFunction>(sweep, "log", everything)),
            .. Three("log1p", "all floats", 1.35, FunctionSweep.Run<Log1pFunction>(sweep, "log1p", everything)),
            Threshold(),
        ];
    }

    /// <summary>The claims of one sweep of a function of its own.</summary>
    public static IEnumerable<Claim> Three(string subject, string range, double limit, Tally tally) =>
    [
        Error(subject, range, limit, tally),
        new Claim(subject, "subnormal results", tally.Inputs, tally.Subnormals, "results", "", 0),
        .. Lanes(subject, tally),
    ];

    /// <summary>The claim that vectors return the scalar's bits.</summary>
    public static IEnumerable<Claim> Lanes(string subject, Tally tally)
    {
        string at = tally.Mismatches == 0 ? "" : Show(tally.MismatchAt);
        yield return new Claim(subject, "vector bits unlike scalar", tally.Inputs, tally.Mismatches, "results", at, 0);
    }

    public static string Show(uint bits) => string.Create(
        CultureInfo.InvariantCulture, $"{BitConverter.UInt32BitsToSingle(bits):G9} (0x{bits:x8})");

    private static Claim Error(string subject, string range, double? limit, Tally tally) =>
        new(subject, $"error, {range}", tally.Inputs, tally.MaxError, "ulp", Show(tally.MaxErrorAt), limit);

    /// <summary>The last argument before exp's results are 0 gives the smallest result, and it is normal.</summary>
    private static Claim Threshold()
    {
        float smallest = Exponential.Exp(Exponential.UnderflowBelow);
        float beyond = Exponential.Exp(MathF.BitDecrement(Exponential.UnderflowBelow));
        bool holds = float.IsNormal(smallest) && BitConverter.SingleToUInt32Bits(beyond) == PlusZero;
        return new Claim(
            "exp", "threshold unlike documented", 2, holds ? 0 : 1, "results",
            Show(BitConverter.SingleToUInt32Bits(Exponential.UnderflowBelow)), 0);
    }
}
