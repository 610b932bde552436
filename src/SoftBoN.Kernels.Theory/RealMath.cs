namespace SoftBoN.Kernels.Theory;

/// <summary>Elementary functions that keep their relative accuracy where the textbook form cancels.</summary>
internal static class RealMath
{
    /// <summary>exp(x) - 1 to a few units in the last place, also near 0.</summary>
    internal static double Expm1(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1;
        }

        // Kahan: the rounding of u is the same in u - 1 and in log(u), and so cancels in the quotient.
        double u = Math.Exp(x);
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x) to a few units in the last place, also near 0.</summary>
    internal static double Log1p(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Log(1 + x);
        }

        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>log(exp(x) - 1) for x of at least 0, where exp(x) itself may overflow; -infinity at 0.</summary>
    internal static double LogExpm1(double x) => x < 1 ? Math.Log(Expm1(x)) : x + Log1p(-Math.Exp(-x));

    /// <summary>log(1 + exp(x)), where exp(x) itself may overflow.</summary>
    internal static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>
    /// distance / lambda for distance >= 0, with 0 / 0 = 0: two equal rewards stay equal at every temperature.
    /// </summary>
    internal static double Scale(double distance, double lambda) => distance == 0 ? 0 : distance / Math.Abs(lambda);

    /// <summary>terms[j] + terms[j + 1] + ... for each j, and a final 0.</summary>
    internal static double[] TailSums(ReadOnlySpan<double> terms)
    {
        var sums = new double[terms.Length + 1];
        var total = new CompensatedSum();
        for (int j = terms.Length - 1; j >= 0; j--)
        {
            total.Add(terms[j]);
            sums[j] = total.Value;
        }

        return sums;
    }
}
