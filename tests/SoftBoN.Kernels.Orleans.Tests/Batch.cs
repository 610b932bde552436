using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>A batch of rows of any lengths, with all that may be given for it, and all that calls return.</summary>
internal sealed class Batch
{
    private readonly float[] rewards;
    private readonly long[] offsets;
    private readonly long[] starts;
    private readonly int[] lengths;
    private readonly float[] lambdas;
    private readonly ulong[] seeds;
    private readonly ulong[] positions;
    private readonly float[] nudges;
    private readonly uint[] elements;

    public Batch(int seed, int rows, int longest = 40)
    {
        var random = new Random(seed);
        Rows = rows;
        lengths = [.. Enumerable.Range(0, rows).Select(_ => random.Next(0, longest + 1))];
        offsets = new long[rows + 1];
        for (int i = 0; i < rows; i++)
        {
            offsets[i + 1] = offsets[i] + lengths[i];
        }

        Candidates = (int)offsets[^1];
        rewards = [.. Enumerable.Range(0, Math.Max(Candidates, rows * 8)).Select(_ => Value(random))];
        starts = [.. offsets.SkipLast(1).Reverse()];
        Array.Reverse(lengths);
        lambdas = [.. Enumerable.Range(0, rows).Select(i => i % 17 == 3 ? float.NaN : random.NextSingle())];
        seeds = [.. Enumerable.Range(0, rows).Select(_ => (ulong)random.NextInt64())];
        positions = [.. Enumerable.Range(0, rows).Select(_ => (ulong)random.NextInt64())];
        nudges = [.. Enumerable.Range(0, Candidates).Select(_ => random.NextSingle())];
        elements = [.. Enumerable.Range(0, Candidates).Select(i => (uint)(i * 7))];
    }

    public int Rows { get; }

    public int Candidates { get; }

    /// <summary>All results of a selection, by bits.</summary>
    public byte[] Select(SoftBonEngine engine, int form, CancellationToken cancellationToken = default)
    {
        const int Draws = 3;
        int draws = form % 2 == 0 ? 1 : Draws;
        bool isPacked = form % 4 < 2;
        Rows rows = Layout(form, out int candidates);
        var options = new SelectionOptions
        {
            Lambda = (form % 3) switch { 0 => 0.3f, 1 => lambdas, _ => Lambda.TargetKl(0.4f) },
            Seed = form % 2 == 0 ? 42ul : seeds,
            Position = (form % 3) switch { 0 => default, 1 => 5ul, _ => positions },
            Noise = (SelectionNoise)(form % 3),
            Offsets = isPacked && candidates == Candidates ? nudges : default,
            Elements = isPacked && candidates == Candidates ? elements : default,
            Draws = draws,
            Distinct = form % 5 == 1,
        };
        int[] index = Filled(Rows * draws, -7);
        float[][] perDraw = [.. Enumerable.Range(0, 3).Select(_ => Filled(Rows * draws, -7f))];
        float[] lambda = Filled(Rows, -7f);
        RowStatus[] status = new RowStatus[Rows];
        var outputs = new SelectionOutputs
        {
            Index = index,
            Reward = perDraw[0],
            LogProbability = perDraw[1],
            Margin = form % 7 == 6 ? default : perDraw[2],
            Lambda = lambda,
            Status = status,
        };
        engine.Select(rewards, rows, options, outputs, cancellationToken);
        return Bits([index, .. perDraw, lambda, status]);
    }

    /// <summary>All soft weights, by bits.</summary>
    public byte[] SoftWeights(SoftBonEngine engine, int form, CancellationToken cancellationToken = default)
    {
        Rows rows = Layout(form, out int candidates);
        Lambda lambda = (form % 4) switch
        {
            0 => 0.3f,
            1 => lambdas,
            2 => Lambda.TargetEss(2f),
            _ => Lambda.AllowNegative(-0.5f),
        };
        float[] weights = Filled(candidates, -7f);
        float[] logWeights = Filled(candidates, -7f);
        float[][] perRow = [.. Enumerable.Range(0, 9).Select(_ => Filled(Rows, -7f))];
        RowStatus[] status = new RowStatus[Rows];
        var outputs = new SoftWeightsOutputs
        {
            Weights = form % 5 == 4 ? default : weights,
            LogWeights = logWeights,
            LogMeanExp = perRow[0],
            EffectiveSampleSize = perRow[1],
            Entropy = perRow[2],
            KlToUniform = perRow[3],
            ExpectedReward = perRow[4],
            ChiSquare = perRow[5],
            KlFromTiltBound = perRow[6],
            KlFromModelBound = perRow[7],
            Lambda = perRow[8],
            Status = status,
        };
        engine.SoftWeights(rewards, rows, lambda, outputs, cancellationToken);
        return Bits([weights, logWeights, .. perRow, status]);
    }

    /// <summary>All results of a weighted majority, by bits.</summary>
    public byte[] Majority(SoftBonEngine engine, int form)
    {
        Rows rows = Layout(form, out int candidates);
        Lambda lambda = (form % 3) switch { 0 => 0.3f, 1 => lambdas, _ => Lambda.TargetKl(0.4f) };
        int[] answers = [.. Enumerable.Range(0, candidates).Select(i => (int)(((uint)i * 2654435761u) >> 29) - 1)];
        int[][] whole = [.. Enumerable.Range(0, 2).Select(_ => Filled(Rows, -7))];
        float[][] real = [.. Enumerable.Range(0, 2).Select(_ => Filled(Rows, -7f))];
        RowStatus[] status = new RowStatus[Rows];
        engine.Majority(rewards, rows, lambda, answers, new MajorityOutputs
        {
            Answer = whole[0],
            Index = form % 5 == 4 ? default : whole[1],
            Share = real[0],
            Lambda = form % 2 == 0 ? default : real[1],
            Status = status,
        });
        return Bits([.. whole, .. real, status]);
    }

    public static T[] Filled<T>(int count, T value)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }

    /// <summary>Arrays one after the other, as bytes.</summary>
    public static byte[] Bits(Array[] arrays) => [.. arrays.SelectMany(array => array switch
    {
        int[] values => MemoryMarshal.AsBytes<int>(values).ToArray(),
        float[] values => MemoryMarshal.AsBytes<float>(values).ToArray(),
        RowStatus[] values => MemoryMarshal.AsBytes<RowStatus>(values).ToArray(),
        byte[] values => values,
        _ => throw new ArgumentException($"{array.GetType()} has no bytes here."),
    })];

    private static float Value(Random random) => random.Next(200) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        < 6 => float.NegativeInfinity,
        _ => (random.NextSingle() * 4) - 2,
    };

    private Rows Layout(int form, out int candidates)
    {
        const int Columns = 6;
        candidates = form % 4 < 2 ? Candidates : Rows * Columns;
        switch (form % 4)
        {
            case 0:
                return SoftBoN.Kernels.Rows.Ragged(offsets);
            case 1:
                return SoftBoN.Kernels.Rows.Mapped(starts, lengths);
            case 2:
                return SoftBoN.Kernels.Rows.Dense(Rows, Columns);
            default:
                return SoftBoN.Kernels.Rows.Strided(Rows, Columns, 8);
        }
    }
}
