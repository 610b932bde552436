using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One worker's memory for the rows whose dot products it makes together.</summary>
internal sealed unsafe class HeadTile : IDisposable
{
    /// <summary>
    /// Four segments of hidden values and one of weights stay in the nearest cache; the weights come from afar once for
    /// four rows.
    /// </summary>
    public const int MostRows = 4;

    private const int Segment = CanonicalSum.SegmentLength;
    private const int Alignment = 64;

    private float* features;
    private float* sums;
    private float* scores;
    private long capacity;
    private int heads;
    private int sumStride;

    ~HeadTile() => Free();

    /// <summary>Makes room for rows of a dimension and heads; what was there is lost.</summary>
    public void Reserve(int dimension, int headCount)
    {
        heads = headCount;
        sumStride = VectorRow.RoundUp((dimension + Segment - 1) / Segment);
        long sumCount = (long)MostRows * heads * sumStride;
        long needed = (MostRows * Segment) + sumCount + ((long)MostRows * heads) + Alignment;
        if (needed > capacity)
        {
            Free();
            features = (float*)NativeMemory.AlignedAlloc((nuint)(needed * sizeof(float)), Alignment);
            capacity = needed;
        }

        sums = features + (MostRows * Segment);
        scores = sums + sumCount;

        // Segments that a row does not have count +0.
        NativeMemory.Clear(sums, (nuint)(sumCount * sizeof(float)));
    }

    /// <summary>The sums of products of a row of the tile, one per head.</summary>
    public float* ScoresOf(int row) => scores + ((long)row * heads);

    /// <summary>Makes the sums of products of a tile of rows.</summary>
    /// <param name="args">The batch.</param>
    /// <param name="first">The tile's first row.</param>
    /// <param name="end">Where the worker's rows end.</param>
    public void Score(in RewardScoringArgs args, long first, long end)
    {
        int rows = (int)Math.Min(MostRows, end - first);
        int direct = heads == 1 ? DirectSums.CountOf(args.Dimension) : 0;
        for (int row = 0; row < rows && direct > 0; row++)
        {
            ScoreDirectly(in args, first + row, end, direct, SumsOf(row, 0));
        }

        for (int start = direct; start < args.Dimension; start += Segment)
        {
            int length = Math.Min(Segment, args.Dimension - start);
            for (int row = 0; row < rows; row++)
            {
                TokenValues hidden = args.HiddenOf(first + row);
                void* next = Next(in args, first + row, MostRows, end, start + Segment);
                FeatureLoad.Factors(hidden, start, length, features + (row * Segment), next);
            }

            MultiplySegment(in args, rows, start, VectorRow.RoundUp(length));
        }

        for (int row = 0; row < rows; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                float* segments = SumsOf(row, head);
                bool isShort = args.Dimension <= Segment;
                ScoresOf(row)[head] = isShort ? segments[0] : VectorSums.SegmentSum(segments, sumStride);
            }
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>What is read after a segment of a row: the row's next one, or where a later row starts.</summary>
    private static void* Next(in RewardScoringArgs args, long row, int rows, long end, int start)
    {
        bool isLast = start >= args.Dimension;
        long nextRow = isLast && row + rows < end ? row + rows : row;
        return From(args.HiddenOf(nextRow), isLast ? 0 : start).Start;
    }

    private static TokenValues From(TokenValues values, int start)
    {
        int size = values.Element == TokenElement.Float32 ? sizeof(float) : sizeof(ushort);
        return new TokenValues((byte*)values.Start + ((long)start * size), values.Element);
    }

    /// <summary>Segments of one row and the only head.</summary>
    private static void ScoreDirectly(in RewardScoringArgs args, long row, long end, int length, float* segments)
    {
        TokenValues hidden = args.HiddenOf(row);
        for (int start = 0; start < length; start += Segment)
        {
            void* next = Next(in args, row, 1, end, start + Segment);
            int count = Math.Min(Segment, length - start);
            segments[start / Segment] = DirectSums.Multiply(From(hidden, start), count, args.Prepared + start, next);
        }
    }

    private void MultiplySegment(in RewardScoringArgs args, int rows, int start, int padded)
    {
        int stride = RewardScoringOp.PreparedStride(args.Dimension);
        for (int head = 0; head < heads; head++)
        {
            float* weights = args.Prepared + ((long)head * stride) + start;
            for (int row = 0; row < rows; row += 2)
            {
                // A last row without a partner is multiplied twice.
                int other = Math.Min(row + 1, rows - 1);
                FeatureSums.MultiplyPair(
                    features + (row * Segment),
                    features + (other * Segment),
                    weights,
                    padded,
                    SumsOf(row, head) + (start / Segment),
                    SumsOf(other, head) + (start / Segment));
            }
        }
    }

    private float* SumsOf(int row, int head) => sums + ((((long)row * heads) + head) * sumStride);

    private void Free()
    {
        NativeMemory.AlignedFree(features);
        features = null;
        capacity = 0;
    }
}
