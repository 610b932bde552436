using System.Numerics;
using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>The cheap bounds on Gumbel noise by which selection skips candidates: one that fails loses a winner.</summary>
internal static class NoiseBoundClaims
{
    private const string Subject = "gumbel bound";

    /// <summary>Keys are the noise plus an x of at most 25 in magnitude there: their roundings need some of the gap.</summary>
    private const double Usable = GumbelBound.Gap - 1e-4;

    public static IEnumerable<Claim> Prove(Sweep sweep)
    {
        var gate = new Lock();
        float leastSlack = float.PositiveInfinity;
        float widestGap = 0;
        long words = 0;
        sweep.Run(Subject, 0, int.MaxValue, (start, count) =>
        {
            (float slack, float gap) = Part(start, count, sweep.Stride);
            lock (gate)
            {
                leastSlack = Math.Min(leastSlack, slack);
                widestGap = Math.Max(widestGap, gap);
                words += count;
            }
        });
        return
        [
            new Claim(Subject, "noise above its upper bound", words, -leastSlack, "nats", "", 0),
            new Claim(Subject, "upper bound above noise, where used", words, widestGap, "nats", "", Usable),
        ];
    }

    /// <summary>How near the bound comes, and how far it is from the noise of the lower half of all words.</summary>
    private static (float Slack, float Gap) Part(long start, int count, uint stride)
    {
        int width = Vector<uint>.Count;
        uint[] words = new uint[width];
        Vector<float> slack = Vector.Create(float.PositiveInfinity);
        Vector<float> gap = Vector<float>.Zero;
        for (int done = 0; done < count; done += width)
        {
            for (int i = 0; i < width; i++)
            {
                words[i] = (uint)(start + ((long)Math.Min(done + i, count - 1) * stride)) << 1;
            }

            var lanes = new Vector<uint>(words);
            Vector<float> above = GumbelBound.Upper(lanes) - Noise.Gumbel(lanes);
            Vector<float> low = GumbelBound.HasLower(lanes).As<int, float>();
            slack = Vector.Min(slack, above);
            gap = Vector.Max(gap, Vector.BitwiseAnd(above, low));
        }

        return (Lanes(slack).Min(), Lanes(gap).Max());
    }

    private static float[] Lanes(Vector<float> vector)
    {
        float[] lanes = new float[Vector<float>.Count];
        vector.CopyTo(lanes);
        return lanes;
    }
}
