using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One row of tokens in device memory: where it lies and what it asks for.</summary>
internal struct KernelTokenRow
{
    /// <summary>What may be wrong with a segment's values, in the order of statuses.</summary>
    public const int LogitIsNaN = 1;
    public const int LogitIsInfinite = 2;
    public const int RewardIsNaN = 4;
    public const int RewardIsInfinite = 8;

    /// <summary>A logit that need not be allowed is NaN or +infinity.</summary>
    public const int ModelIsInvalid = 16;

    private const uint SignBit = 0x80000000;
    private const uint Infinity = 0x7f800000;

    public long Number;
    public TokenParameters Parameters;

    /// <summary>The least logit that is kept.</summary>
    public float Least;

    private long logits;
    private long rewards;
    private long mask;
    private long sparseFirst;
    private long sparseEnd;

    /// <summary>Whether the numbers of sparse rewards lie within them.</summary>
    private bool isSparseListed;

    /// <summary>A row of the batch.</summary>
    public static KernelTokenRow Of(in TokenKernelArgs args, long number)
    {
        KernelTokenRow row = default;
        row.Number = number;
        row.SetParameters(in args);
        long source = args.HasRowMap != 0 ? args.RowMap[number] : number;
        long rewardRow = args.HasRewardMap != 0 ? args.RewardMap[number] : number;
        bool isFound = source >= 0 && source < args.Logits.Rows
            && (args.HasDense == 0 || (rewardRow >= 0 && rewardRow < args.Rewards.Rows));
        row.Parameters.Status = isFound ? row.Parameters.Status : RowStatus.Empty;
        source = isFound ? source : 0;
        row.logits = source * args.Logits.RowStride;
        row.rewards = (isFound ? rewardRow : 0) * args.Rewards.RowStride;
        row.mask = source * args.MaskStride;
        row.Least = args.HasLeast != 0 ? args.Least[number] : row.Parameters.LeastLogit;
        if (args.HasSparse != 0)
        {
            row.sparseFirst = args.SparseStarts[source];
            row.sparseEnd = args.SparseStarts[source + 1];
            row.isSparseListed =
                row.sparseFirst >= 0 && row.sparseEnd >= row.sparseFirst && row.sparseEnd <= args.SparseCount;
            row.sparseFirst = row.isSparseListed ? row.sparseFirst : 0;
            row.sparseEnd = row.isSparseListed ? row.sparseEnd : 0;
        }

        return row;
    }

    /// <summary>Leaves, of the sparse rewards, those of some tokens.</summary>
    public void Narrow(in TokenKernelArgs args, int first, int end)
    {
        if (args.HasSparse != 0)
        {
            long from = Find(in args, first);
            sparseEnd = Find(in args, end);
            sparseFirst = from;
        }
    }

    /// <summary>Whether some of a row's sparse rewards, those from a first one on by steps, are not in their order.</summary>
    public readonly bool HasSparseFault(in TokenKernelArgs args, int first, int step)
    {
        bool isFaulty = !isSparseListed;
        for (long i = sparseFirst + first; i < sparseEnd; i += step)
        {
            int token = args.SparseTokens[i];
            int before = i > sparseFirst ? args.SparseTokens[i - 1] : -1;
            isFaulty |= token <= before || token >= args.Columns;
        }

        return isFaulty;
    }

    /// <summary>Whether all of its tokens are kept, its temperatures between 0 and infinity, and loads of four.</summary>
    public readonly bool IsPlain(in TokenKernelArgs args) =>
        Parameters.Status == RowStatus.Ok
        && Parameters.Base.Mode == TiltMode.Tilted
        && Parameters.Tilt.Mode == TiltMode.Tilted
        && Least == float.NegativeInfinity
        && args.Logits.HasQuads(logits)
        && (args.HasDense == 0 || args.Rewards.HasQuads(rewards));

    /// <summary>A thread's logits of a plain segment as they count where they are finite.</summary>
    public readonly SegmentQuads SegmentOfLogits(in TokenKernelArgs args, int first) =>
        args.Logits.Segment(logits, first).Map(default(PlainLogit));

    /// <summary>A thread's rewards of a plain segment as they count where they are finite.</summary>
    public readonly SegmentQuads SegmentOfRewards(in TokenKernelArgs args, int first)
    {
        PlainReward reward = default;
        reward.IsNegative = Parameters.IsNegative;
        return args.Rewards.Segment(rewards, first).Map(in reward);
    }

    /// <summary>Four logits as they are stored.</summary>
    public readonly Quad Stored(in TokenKernelArgs args, int token) => args.Logits.Load(logits, token, args.Columns);

    /// <summary>Whether four tokens are allowed, a bit each.</summary>
    public readonly uint Allowed(in TokenKernelArgs args, int token)
    {
        const uint All = 15;
        return args.HasMask == 0 ? All : args.Mask[mask + (token >> 5)] >> (token & 31);
    }

    /// <summary>Four logits as they count; -infinity where they are not kept.</summary>
    public readonly Quad Logits(in TokenKernelArgs args, int token)
    {
        Quad stored = Stored(in args, token);
        uint allowed = Allowed(in args, token);
        return new Quad(
            Kept(stored.A, allowed & 1),
            Kept(stored.B, allowed & 2),
            Kept(stored.C, allowed & 4),
            Kept(stored.D, allowed & 8));
    }

    /// <summary>A logit as it counts; -infinity where it is not kept, nor a number.</summary>
    public readonly float Kept(float stored, uint allowed)
    {
        float logit = Counted(stored);
        return allowed != 0 && logit >= Least ? logit : float.NegativeInfinity;
    }

    /// <summary>A value as it counts; -infinity where it is none.</summary>
    public static float Counted(float stored) => (Bits.Of(stored) & ~SignBit) >= Infinity
        ? float.NegativeInfinity
        : Bits.ZeroBelowKeepNaN(stored, Bits.TinyProduct);

    /// <summary>What is wrong with a value that counts, as the bits of a logit's faults.</summary>
    public static int FaultOf(float stored)
    {
        uint bits = Bits.Of(stored);
        return (bits & ~SignBit) > Infinity ? LogitIsNaN : bits == Infinity ? LogitIsInfinite : 0;
    }

    /// <summary>One logit as it counts.</summary>
    public readonly float Logit(in TokenKernelArgs args, int token)
    {
        uint allowed = args.HasMask == 0 ? 1 : (args.Mask[mask + (token >> 5)] >> (token & 31)) & 1;
        return Kept(args.Logits.One(logits, token), allowed);
    }

    /// <summary>One logit as the model made it.</summary>
    public readonly float ModelLogit(in TokenKernelArgs args, int token) => Counted(args.Logits.One(logits, token));

    /// <summary>Four rewards as they are stored; 0 where none are given.</summary>
    public readonly Quad StoredRewards(in TokenKernelArgs args, int token)
    {
        if (args.HasDense != 0)
        {
            return args.Rewards.Load(rewards, token, args.Columns);
        }

        Quad quad = default;
        if (sparseFirst < sparseEnd)
        {
            quad.A = Sparse(in args, token);
            quad.B = Sparse(in args, token + 1);
            quad.C = Sparse(in args, token + 2);
            quad.D = Sparse(in args, token + 3);
        }

        return quad;
    }

    /// <summary>Four rewards in lambda's direction.</summary>
    public readonly Quad Rewards(in TokenKernelArgs args, int token)
    {
        Quad quad = default;
        if (Parameters.HasRewards)
        {
            quad = StoredRewards(in args, token);
            quad.A = Directed(quad.A);
            quad.B = Directed(quad.B);
            quad.C = Directed(quad.C);
            quad.D = Directed(quad.D);
        }

        return quad;
    }

    /// <summary>One reward in lambda's direction; 0 without rewards.</summary>
    public readonly float Reward(in TokenKernelArgs args, int token) =>
        !Parameters.HasRewards ? 0f
        : Directed(args.HasDense != 0 ? args.Rewards.One(rewards, token) : Sparse(in args, token));

    /// <summary>A reward as it counts.</summary>
    public readonly float Directed(float stored) => TokenTiltOp.Reward(stored, Parameters.IsNegative);

    /// <summary>The scores of four tokens relative to their segment's largest logit and reward.</summary>
    public readonly Quad Scores(in TokenKernelArgs args, int token, in TokenSegmentState segment)
    {
        Quad logit = Logits(in args, token);
        Quad reward = Rewards(in args, token);
        return new Quad(
            Score(logit.A, reward.A, in segment),
            Score(logit.B, reward.B, in segment),
            Score(logit.C, reward.C, in segment),
            Score(logit.D, reward.D, in segment));
    }

    /// <summary>The score of a token; -infinity where it is not in play.</summary>
    public readonly float Score(float logit, float reward, in TokenSegmentState segment) =>
        segment.Logit == float.NegativeInfinity
            ? float.NegativeInfinity
            : Parameters.Base.Term(logit, segment.Logit)
                + TokenTiltOp.RewardTerm(in Parameters, logit, reward, segment.Logit, segment.Reward);

    private readonly float Sparse(in TokenKernelArgs args, int token)
    {
        long at = Find(in args, token);
        return at < sparseEnd && args.SparseTokens[at] == token ? args.SparseValues[at] : 0f;
    }

    /// <summary>The first of the sparse rewards whose token is not lower.</summary>
    private readonly long Find(in TokenKernelArgs args, int token)
    {
        long low = sparseFirst;
        long high = sparseEnd;
        while (low < high)
        {
            long middle = low + ((high - low) >> 1);
            bool isLower = args.SparseTokens[middle] < token;
            low = isLower ? middle + 1 : low;
            high = isLower ? high : middle;
        }

        return low;
    }

    private void SetParameters(in TokenKernelArgs args)
    {
        RowLambda lambda = args.HasRewards
            ? RowLambda.Of((LambdaKind)args.LambdaKind, args.Lambda.Of(Number))
            : default;
        Parameters.HasRewards = args.HasRewards;
        Parameters.IsNegative = lambda.IsNegative;
        Parameters.Mode = (TokenTiltMode)args.Mode.Of(Number);
        Parameters.TopK = args.TopK.Of(Number);
        Parameters.TopP = args.TopP.Of(Number);
        Parameters.MinP = args.MinP.Of(Number);
        Parameters.TopNSigma = args.TopNSigma.Of(Number);
        Parameters.LeastLogit = args.LeastLogit.Of(Number);
        Parameters.Complete(args.Columns, in lambda, args.Temperature.Of(Number));
    }
}

/// <summary>A logit as it counts where it is finite.</summary>
internal readonly struct PlainLogit : IQuadFunction
{
    public float Of(float value) => Bits.ZeroBelowKeepNaN(value, Bits.TinyProduct);
}

/// <summary>A reward as it counts where it is finite.</summary>
internal struct PlainReward : IQuadFunction
{
    public bool IsNegative;

    public readonly float Of(float value) => TokenTiltOp.Reward(value, IsNegative);
}
