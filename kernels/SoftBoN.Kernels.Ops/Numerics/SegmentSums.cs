namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// The canonical sum of a long row's segments, for vector loops: by the rule of <see cref="CanonicalSum"/>, which keeps
/// the lanes of a segment where this keeps its elements, to be added in vectors when the segment is full.
/// </summary>
internal sealed unsafe class SegmentSums
{
    /// <summary>The longest row, of 2^31 elements, has 2^21 segments, which make 2^11 sums, which make 2.</summary>
    private const int Levels = 3;

    private readonly int[] filled = new int[Levels];

    /// <summary>Made for the first long row.</summary>
    private float[] values = [];

    /// <summary>Starts a row.</summary>
    public void Clear()
    {
        filled.AsSpan().Clear();
        if (values.Length == 0)
        {
            values = new float[Levels * CanonicalSum.SegmentLength];
        }
    }

    /// <summary>Adds the sum of the row's next segment.</summary>
    public void Add(float segmentSum) => AddTo(0, segmentSum);

    /// <summary>The sum of all that was added since the start.</summary>
    public float Total()
    {
        for (int level = 0; level < Levels - 1; level++)
        {
            if (filled.AsSpan(level + 1).IndexOfAnyExcept(0) < 0)
            {
                return Combine(level);
            }

            if (filled[level] > 0)
            {
                AddTo(level + 1, Combine(level));
            }
        }

        return Combine(Levels - 1);
    }

    private void AddTo(int level, float value)
    {
        values[(level * CanonicalSum.SegmentLength) + filled[level]] = value;
        filled[level]++;
        if (filled[level] == CanonicalSum.SegmentLength)
        {
            AddTo(level + 1, Combine(level));
        }
    }

    /// <summary>The sum of what a level holds, which it then holds no longer.</summary>
    private float Combine(int level)
    {
        int count = filled[level];
        filled[level] = 0;
        int padded = (count + LaneFold.LanesPerFold - 1) / LaneFold.LanesPerFold * LaneFold.LanesPerFold;
        Span<float> segment = values.AsSpan(level * CanonicalSum.SegmentLength, padded);
        segment[count..].Clear();
        fixed (float* first = segment)
        {
            return padded == 0 ? 0f : VectorSums.SegmentSum(first, padded);
        }
    }
}
