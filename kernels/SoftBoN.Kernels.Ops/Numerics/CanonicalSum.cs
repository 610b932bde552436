namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// The one order in which floats are summed, whatever adds them: a row is cut into segments of 1024 consecutive elements;
/// in a segment, lane j of 128 adds the elements whose index is j modulo 128, in index order; lanes are combined first in
/// their groups of four, (a0 + a2) + (a1 + a3), then at distances 64, 32, 16, 8 and 4 of lanes; the segments' sums are
/// summed by the same rule, as a row. Elements that are missing or excluded count +0.
/// </summary>
/// <remarks>
/// A group of four is what one GPU thread holds and the distances are five shuffles of a warp; a CPU has the lanes in
/// vectors. Every lane starts at +0, so a sum is never -0 and lanes without elements change nothing.
/// </remarks>
internal unsafe partial struct CanonicalSum
{
    /// <summary>Three levels hold 2^30 elements and the longest row, of 2^31 - 1 elements, needs a fourth.</summary>
    private const int Levels = 4;

    private fixed float lanes[Levels * Lanes];
    private fixed int filled[Levels];

    /// <summary>Adds the row's next element.</summary>
    public void Add(float value) => AddTo(0, value);

    /// <summary>Adds the product of the row's next two factors, rounded once with the sum.</summary>
    public void AddProduct(float a, float b)
    {
        int lane = filled[0] % Lanes;
        lanes[lane] = Arith.Fma(a, b, lanes[lane]);
        Advance(0);
    }

    /// <summary>Adds the sum of the row's next segment, computed elsewhere in the canonical order.</summary>
    public void AddSegment(float segmentSum) => AddTo(1, segmentSum);

    /// <summary>The sum of all that was added.</summary>
    public float Total()
    {
        for (int level = 0; level < Levels - 1; level++)
        {
            if (IsTop(level))
            {
                return Combine(level);
            }

            if (filled[level] > 0)
            {
                float partial = Combine(level);
                filled[level] = 0;
                AddTo(level + 1, partial);
            }
        }

        return Combine(Levels - 1);
    }

    private void AddTo(int level, float value)
    {
        lanes[(level * Lanes) + (filled[level] % Lanes)] += value;
        Advance(level);
    }

    private void Advance(int level)
    {
        filled[level]++;
        if (filled[level] == SegmentLength)
        {
            float segmentSum = Combine(level);
            filled[level] = 0;
            AddTo(level + 1, segmentSum);
        }
    }

    private readonly bool IsTop(int level)
    {
        for (int above = level + 1; above < Levels; above++)
        {
            if (filled[above] > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The lanes of one segment in canonical order; leaves them at +0.</summary>
    private float Combine(int level)
    {
        fixed (float* segment = &lanes[level * Lanes])
        {
            float sum = CombineLanes(segment);
            new Span<float>(segment, Lanes).Clear();
            return sum;
        }
    }

    /// <summary>The sum of 128 lanes.</summary>
    public static float CombineLanes(float* segment)
    {
        float* groups = stackalloc float[Groups];
        for (int group = 0; group < Groups; group++)
        {
            float* a = segment + (group * GroupSize);
            groups[group] = (a[0] + a[2]) + (a[1] + a[3]);
        }

        for (int distance = Groups / 2; distance > 0; distance /= 2)
        {
            for (int group = 0; group < distance; group++)
            {
                groups[group] += groups[group + distance];
            }
        }

        return groups[0];
    }
}
