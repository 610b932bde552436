using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Keys of a row in double precision, from the documented counter and formulas of the noise.</summary>
internal static class ExactKeys
{
    /// <summary>reward / lambda + offset + noise of each candidate; -infinity for an excluded one.</summary>
    public static double[] Of(float[] rewards, double lambda, Pick pick, int row, int draw)
    {
        ulong seed = pick.Seeds[pick.Seeds.Length == 1 ? 0 : row];
        ulong position = pick.Positions.Length switch
        {
            0 => (ulong)row,
            1 => pick.Positions[0],
            _ => pick.Positions[row],
        };
        double[] keys = new double[rewards.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            uint element = pick.Elements.Length == 0 ? (uint)i : pick.Elements[i];
            double offset = pick.Offsets.Length == 0 ? 0 : pick.Offsets[i];
            bool excluded = float.IsNegativeInfinity(rewards[i]) || double.IsNegativeInfinity(offset);
            uint word = Word(seed, position, pick.Distinct ? 0 : (uint)draw, element);
            keys[i] = excluded ? double.NegativeInfinity : (rewards[i] / lambda) + offset + Noise(pick.Noise, word);
        }

        return keys;
    }

    public static double Noise(SelectionNoise noise, uint word)
    {
        double v = ((word >> 1) + 0.5) / (1u << 31);
        return noise switch
        {
            SelectionNoise.Gumbel => -Math.Log(-Math.Log(1 - v)),
            SelectionNoise.UniformRace => -Math.Log(v),
            _ => 0,
        };
    }

    private static uint Word(ulong seed, ulong position, uint draw, uint element)
    {
        (uint w0, uint w1, uint w2, uint w3) = Philox4x32.Block(
            element / 4, draw, (uint)position, (uint)(position >> 32), (uint)seed, (uint)(seed >> 32));
        uint[] words = [w0, w1, w2, w3];
        return words[element % 4];
    }
}
