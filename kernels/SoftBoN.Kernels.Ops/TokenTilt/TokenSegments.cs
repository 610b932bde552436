using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// What is known of each segment of 1024 tokens of a row: all that has to be merged where a row is cut into pieces.
/// </summary>
/// <remarks>
/// A segment's terms are relative to its own largest logit and largest reward, its scores' powers of two to its own
/// largest score. A segment without tokens in play has -infinity for largest values and +0 for sums.
/// </remarks>
internal sealed unsafe class TokenSegments : IDisposable
{
    /// <summary>2^20 tokens.</summary>
    public const int MostTokens = Most * CanonicalSum.SegmentLength;

    private const int Most = 1024;
    private const int Padded = Most + 256;
    private const int Fields = 16;
    private const int Alignment = 64;

    private readonly float* memory =
        (float*)NativeMemory.AlignedAlloc((nuint)(Fields * Padded * sizeof(float)), Alignment);

    ~TokenSegments() => NativeMemory.AlignedFree(memory);

    /// <summary>The largest logit of kept tokens.</summary>
    public float* Logit => memory;

    /// <summary>The largest reward of tokens whose logit is in play.</summary>
    public float* Reward => memory + Padded;

    /// <summary>
    /// The largest score, as a power of two relative to <see cref="Logit"/> and <see cref="Reward"/>.
    /// </summary>
    public float* Score => memory + (2 * Padded);

    /// <summary>Sum of 2^(score - largest score).</summary>
    public float* Sum => memory + (3 * Padded);

    /// <summary>Sum of 2^(base term).</summary>
    public float* BaseSum => memory + (4 * Padded);

    /// <summary>Sum of 2^(score - largest score) times the reward's term.</summary>
    public float* Deviation => memory + (5 * Padded);

    /// <summary>Sum of the squares of 2^(score - largest score).</summary>
    public float* Squares => memory + (6 * Padded);

    /// <summary>The largest logit of all tokens, allowed or not.</summary>
    public float* ModelLogit => memory + (7 * Padded);

    /// <summary>Sum of powers of two of all tokens at temperature 1.</summary>
    public float* ModelSum => memory + (8 * Padded);

    /// <summary>Where the segment's largest score lies relative to the row's largest logit and reward.</summary>
    public float* Offset => memory + (9 * Padded);

    /// <summary>Where the segment's largest logit lies relative to the row's.</summary>
    public float* BaseOffset => memory + (10 * Padded);

    /// <summary>How many tokens are in play.</summary>
    public int* Count => (int*)(memory + (11 * Padded));

    /// <summary>The segments' keys before noise.</summary>
    public float* Key => memory + (12 * Padded);

    /// <summary>The segments' keys before noise, by the base law.</summary>
    public float* BaseKey => memory + (13 * Padded);

    /// <summary>The segments' noise.</summary>
    public float* Noise => memory + (14 * Padded);

    /// <summary>Not 0 where no logit of a segment is known to be -infinity.</summary>
    public int* AllIncluded => (int*)(memory + (15 * Padded));

    /// <summary>The number of segments of a row.</summary>
    public static int CountFor(int tokens) => CanonicalSum.SegmentsOf(tokens);

    /// <summary>The largest of the first segments' <see cref="ModelLogit"/>; NaN where one is.</summary>
    public float ModelMax(int count)
    {
        float max = float.NegativeInfinity;
        for (int s = 0; s < count; s++)
        {
            max = MathF.Max(max, ModelLogit[s]);
        }

        return max;
    }

    /// <summary>A segment of which nothing is kept.</summary>
    public void Clear(int segment)
    {
        Logit[segment] = float.NegativeInfinity;
        Reward[segment] = float.NegativeInfinity;
        Score[segment] = float.NegativeInfinity;
        Sum[segment] = 0f;
        BaseSum[segment] = 0f;
        Deviation[segment] = 0f;
        Squares[segment] = 0f;
        Count[segment] = 0;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(memory);
        GC.SuppressFinalize(this);
    }
}
