using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A thread's candidates by upper bounds on their keys: the one with the largest bound, what it takes to make its key, and the
/// second largest bound. Logarithms are then made for those alone that can reach what another candidate certainly does.
/// </summary>
internal struct BoundedCandidates
{
    /// <summary>The largest bound; -infinity where there is no candidate.</summary>
    public float Upper;

    /// <summary>The second largest bound.</summary>
    public float Second;

    public float X;
    public uint Word;
    public int Index;

    /// <summary>No candidates.</summary>
    public static BoundedCandidates None
    {
        get
        {
            BoundedCandidates none = default;
            (none.Upper, none.Second) = (float.NegativeInfinity, float.NegativeInfinity);
            none.Index = -1;
            return none;
        }
    }

    /// <summary>
    /// A key that one of a row's candidates certainly reaches: the best reward has x = 0, and no noise is below the smallest.
    /// </summary>
    public readonly float Reached
    {
        get
        {
            float lower = GumbelBound.HasLower(Word) ? Upper - GumbelBound.Gap : Noise.GumbelMin;
            return lower > Noise.GumbelMin ? lower : Noise.GumbelMin;
        }
    }

    /// <summary>Whether not even the largest noise lets any of four candidates reach what the best reward's reaches.</summary>
    public static bool RulesOut(in Quad x) => x.Largest + Noise.GumbelMax < Noise.GumbelMin;

    /// <summary>Considers a candidate.</summary>
    /// <param name="x">Its x; -infinity where it is not in play.</param>
    /// <param name="word">Its random word.</param>
    /// <param name="index">Its number.</param>
    public void Add(float x, uint word, int index)
    {
        float upper = x + GumbelBound.Upper(word);
        bool isLargest = upper > Upper;
        float other = isLargest ? Upper : upper;
        Second = other > Second ? other : Second;
        Upper = isLargest ? upper : Upper;
        X = isLargest ? x : X;
        Word = isLargest ? word : Word;
        Index = isLargest ? index : Index;
    }

    /// <summary>The candidate with the largest bound, with its key.</summary>
    public readonly Candidate Best
    {
        get
        {
            Candidate best = Candidate.None;
            best.Add(X + Noise.Gumbel(Word), (uint)Index, Index);
            return best;
        }
    }
}
