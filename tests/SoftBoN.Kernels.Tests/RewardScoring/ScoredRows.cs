using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>How a matrix of a test is stored.</summary>
public enum Format
{
    Full,
    Half,
    BFloat16,
}

/// <summary>A matrix as it is stored, and the float that each value is.</summary>
internal sealed class StoredMatrix
{
    private readonly float[] floats;
    private readonly ushort[] narrow;

    public StoredMatrix(Format format, int rows, int columns, float[] values, int? rowStride = null, int skip = 0)
    {
        (Format, Rows, Columns, RowStride, Skip) = (format, rows, columns, rowStride ?? columns, skip);
        floats = format == Format.Full ? values : [];
        narrow = format == Format.Full ? [] : Array.ConvertAll(values, value => Narrow(format, value));
    }

    private StoredMatrix(StoredMatrix first)
    {
        (floats, narrow) = (first.floats, first.narrow);
        (Format, Rows, Columns, RowStride, Skip) = (first.Format, 1, first.Columns, first.RowStride, first.Skip);
    }

    public Format Format { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int RowStride { get; }

    /// <summary>Values before the first one, so that rows start at odd addresses.</summary>
    public int Skip { get; }

    /// <summary>The value at a place, by the runtime's own conversion.</summary>
    public double this[int row, int column]
    {
        get
        {
            int at = Skip + (row * RowStride) + column;
            return Format switch
            {
                Format.Full => floats[at],
                Format.Half => (double)BitConverter.UInt16BitsToHalf(narrow[at]),
                _ => BitConverter.UInt32BitsToSingle((uint)narrow[at] << 16),
            };
        }
    }

    public TokenMatrix Matrix => Format switch
    {
        Format.Full => TokenMatrix.Of(floats.AsSpan(Skip), Rows, Columns, RowStride),
        Format.Half => TokenMatrix.Of(
            MemoryMarshal.Cast<ushort, Half>(narrow.AsSpan(Skip)), Rows, Columns, RowStride),
        _ => TokenMatrix.OfBFloat16(narrow.AsSpan(Skip), Rows, Columns, RowStride),
    };

    /// <summary>The first row alone.</summary>
    public StoredMatrix First() => new(this);

    private static ushort Narrow(Format format, float value) => format == Format.Half
        ? BitConverter.HalfToUInt16Bits((Half)value)
        : (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
}

/// <summary>One call of a linear head.</summary>
internal sealed record HeadCall(StoredMatrix Hidden, StoredMatrix Weights)
{
    public float[] Bias { get; init; } = [];

    public int[] RowMap { get; init; } = [];

    public float[] Mixture { get; init; } = [];

    public float[] Gating { get; init; } = [];

    public int Rows => RowMap.Length == 0 ? Hidden.Rows : RowMap.Length;

    private bool HasReward => Weights.Rows == 1 || Mixture.Length > 0 || Gating.Length > 0;

    /// <summary>All outputs on an engine.</summary>
    public ScoredRows On(SoftBonEngine engine, bool scores = true, bool reward = true)
    {
        var result = new ScoredRows(
            new float[scores ? Rows * Weights.Rows : 0],
            new float[reward && HasReward ? Rows : 0],
            new RowStatus[Rows]);
        engine.ScoreRewards(
            Hidden.Matrix,
            new RewardHead { Weights = Weights.Matrix, Bias = Bias },
            new RewardScoringOptions { RowMap = RowMap, Mixture = Mixture, Gating = Gating },
            new RewardScoringOutputs { Scores = result.Scores, Reward = result.Reward, Status = result.Status });
        return result;
    }
}

/// <summary>What a linear head returned.</summary>
internal sealed record ScoredRows(float[] Scores, float[] Reward, RowStatus[] Status)
{
    public static void AssertSame(ScoredRows expected, ScoredRows actual, string what)
    {
        Bitwise.Same(expected.Scores, actual.Scores, $"{what}, scores");
        Bitwise.Same(expected.Reward, actual.Reward, $"{what}, rewards");
        Assert.Equal(expected.Status, actual.Status);
    }
}
