namespace SoftBoN.NumericsProof;

/// <summary>
/// What the float functions should return, in double precision: good to a few units of 1e-16 relative, which is nothing
/// beside half a unit of float's last place (3e-8).
/// </summary>
internal static class Truth
{
    /// <summary>log(1 + x), x exact.</summary>
    /// <remarks>
    /// 1 + x is rounded to u; log(u) x / (u - 1) puts back what was lost, because log(u) / (u - 1) varies slowly.
    /// </remarks>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>exp(x) - 1, by the same argument: (u - 1) / log(u) varies slowly, u being exp(x) rounded.</summary>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        double difference = u - 1;
        return difference == -1 || double.IsInfinity(u) ? difference : difference * (x / Math.Log(u));
    }
}
