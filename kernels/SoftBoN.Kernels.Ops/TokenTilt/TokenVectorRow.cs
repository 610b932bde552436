using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A row of tokens as vector loops want it, one segment at a time in the nearest cache.</summary>
/// <remarks>
/// A segment is loaded once for its sums; one that wins a draw is loaded again. Logits and rewards that can be used
/// where they lie are not copied.
/// </remarks>
internal sealed unsafe class TokenVectorRow : IDisposable
{
    /// <summary>A segment, and room for whole steps of random words.</summary>
    private const int Room = CanonicalSum.SegmentLength + 256;
    private const int Buffers = 5;
    private const int Alignment = 64;

    private readonly float* memory =
        (float*)NativeMemory.AlignedAlloc((nuint)(Buffers * Room * sizeof(float)), Alignment);

    private TokenLogits view;
    private TokenValues rewards;
    private TokenParameters parameters;
    private TokenTerms logitTerms;
    private TokenTerms rewardTerms;
    private float* logits;
    private int loaded;

    /// <summary>The keys of random words, kept while rows share a seed.</summary>
    private PhiloxSchedule schedule;

    ~TokenVectorRow() => NativeMemory.AlignedFree(memory);

    /// <summary>Scores of the loaded segment.</summary>
    public float* Scores => memory + (2 * Room);

    /// <summary>Noise, or whatever else there is one of per token.</summary>
    public float* Noise => memory + (3 * Room);

    /// <summary>The first token of the loaded segment.</summary>
    public int Start => loaded * CanonicalSum.SegmentLength;

    /// <summary>The tokens of the loaded segment in whole folds.</summary>
    public int Padded { get; private set; }

    /// <summary>The largest kept logit of the loaded segment.</summary>
    public float Logit { get; private set; }

    /// <summary>The largest reward in play of the loaded segment.</summary>
    public float Reward { get; private set; }

    /// <summary>Whether a value was found that can only be made sense of by looking at every one.</summary>
    public bool IsInTrouble { get; private set; }

    private float* LogitBuffer => memory;

    private float* RewardBuffer => memory + Room;

    private float* ModelBuffer => memory + (4 * Room);

    /// <summary>Aims at a row.</summary>
    public void Aim(in TokenLogits row, in TokenValues rowRewards, in TokenParameters rowParameters)
    {
        view = row;
        rewards = rowRewards;
        parameters = rowParameters;
        loaded = -1;
        IsInTrouble = false;
    }

    /// <summary>Whether every logit of the loaded segment is known not to be -infinity.</summary>
    public bool AllIncluded { get; private set; }

    /// <summary>The terms of the loaded segment's logits.</summary>
    public ref readonly TokenTerms LogitTerms => ref logitTerms;

    /// <summary>The terms of its rewards, where there are rewards and some are in play.</summary>
    public ref readonly TokenTerms RewardTerms => ref rewardTerms;

    /// <summary>Whether the row has rewards.</summary>
    public bool HasRewards => parameters.HasRewards;

    /// <summary>Loads a segment's logits and rewards; false where none of its logits is in play.</summary>
    public bool Load(int segment)
    {
        if (segment == loaded)
        {
            return Logit > float.NegativeInfinity;
        }

        int length = Begin(segment);
        IsInTrouble |= !LoadAndLook(in view, length, out float max);
        Logit = Bits.ZeroBelowKeepNaN(max, Bits.TinyProduct);
        Reward = float.NegativeInfinity;
        if (IsInTrouble || max == float.NegativeInfinity)
        {
            return false;
        }

        float* own = parameters.HasRewards ? LoadRewards(length) : null;
        if (own != null)
        {
            IsInTrouble |= !TokenLoad.LookAt(own, Padded, out float most, out _);
            Reward = most;
        }

        if (IsInTrouble)
        {
            return false;
        }

        logitTerms = TokenTerms.Of(in parameters.Base, logits, Padded, Logit, LogitBuffer);
        if (parameters.HasRewards)
        {
            own = DirectRewards(own, out bool isChanged);
            if (isChanged)
            {
                TokenLoad.LookAt(own, Padded, out float most, out _);
                Reward = most;
            }

            Reward = Bits.ZeroBelowKeepNaN(Reward, Bits.TinyProduct);
            AimRewards(own);
        }

        return true;
    }

    /// <summary>Loads a segment that was summed, whose largest values are known, without looking at it again.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="segments">What is known.</param>
    public void LoadAgain(int segment, TokenSegments segments)
    {
        if (segment == loaded)
        {
            return;
        }

        int length = Begin(segment);
        logits = LoadLogits(in view, length, LogitBuffer);
        Logit = segments.Logit[segment];
        Reward = segments.Reward[segment];
        AllIncluded = segments.AllIncluded[segment] != 0;
        float* own = parameters.HasRewards ? LoadRewards(length) : null;
        logitTerms = TokenTerms.Of(in parameters.Base, logits, Padded, Logit, LogitBuffer);
        if (parameters.HasRewards)
        {
            AimRewards(DirectRewards(own, out _));
        }
    }

    /// <summary>Sum of the powers of two of base terms.</summary>
    public float BaseSum() => logitTerms.Sum(Padded);

    /// <summary>Makes scores and returns the largest; -infinity where no token is in play.</summary>
    public float MakeScores()
    {
        if (!parameters.HasRewards)
        {
            logitTerms.Store(Padded, Scores);
            return 0f;
        }

        return Reward == float.NegativeInfinity
            ? float.NegativeInfinity
            : TokenScores.Make(in logitTerms, in rewardTerms, Padded, Scores);
    }

    /// <summary>Makes base terms in the place of scores.</summary>
    public void MakeBaseTerms() => logitTerms.Store(Padded, Scores);

    /// <summary>Sum of weight times reward term, of scores that were made.</summary>
    public float Deviations(float max)
    {
        TokenScores.MakeDeviations(Scores, in rewardTerms, Padded, max, Noise);
        return VectorSums.SegmentSum(Noise, Padded);
    }

    /// <summary>Makes Gumbel noise for the tokens of the loaded segment.</summary>
    public void MakeNoise(in NoiseKey key)
    {
        MakeWords(in key, (uint)Start, (uint*)Noise, Padded);
        Numerics.Noise.Gumbel((uint*)Noise, Noise, Padded);
    }

    /// <summary>Random words of consecutive elements.</summary>
    public void MakeWords(in NoiseKey key, uint first, uint* words, int count)
    {
        schedule.Set(in key);
        Philox4x32.Fill(words, in schedule, first, count);
    }

    /// <summary>The model's own part of a segment: nothing masked, temperature 1.</summary>
    public void SumModel(in TokenLogits model, in TokenScale scale, int segment, TokenSegments segments)
    {
        int start = segment * CanonicalSum.SegmentLength;
        int length = Math.Min(CanonicalSum.SegmentLength, model.Length - start);
        int padded = VectorRow.RoundUp(length);
        TokenLoad.Convert(model.Values, start, length, ModelBuffer);
        bool usable = TokenLoad.LookAt(ModelBuffer, padded, out float max, out _);
        segments.ModelLogit[segment] = usable ? Bits.ZeroBelowKeepNaN(max, Bits.TinyProduct) : float.NaN;
        segments.ModelSum[segment] = 0f;
        if (usable && max > float.NegativeInfinity)
        {
            var terms = TokenTerms.Of(in scale, ModelBuffer, padded, segments.ModelLogit[segment], ModelBuffer);
            segments.ModelSum[segment] = terms.Sum(padded);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(memory);
        GC.SuppressFinalize(this);
    }

    private int Begin(int segment)
    {
        loaded = segment;
        int length = Math.Min(CanonicalSum.SegmentLength, view.Length - Start);
        Padded = VectorRow.RoundUp(length);
        return length;
    }

    private bool LoadAndLook(in TokenLogits row, int length, out float max)
    {
        bool isUsable;
        if (row.Values.Element != TokenElement.Float32 && row.Mask == null)
        {
            logits = LogitBuffer;
            isUsable = TokenLoad.ConvertAndLook(row.Values, Start, length, logits, out max, out bool allIncluded);
            AllIncluded = allIncluded;
        }
        else
        {
            logits = LoadLogits(in row, length, LogitBuffer);
            isUsable = TokenLoad.LookAt(logits, Padded, out max, out bool allIncluded);
            AllIncluded = allIncluded;
        }

        return isUsable;
    }

    private float* LoadLogits(in TokenLogits row, int length, float* buffer)
    {
        if (row.Values.Element == TokenElement.Float32 && row.Mask == null && length == Padded)
        {
            return (float*)row.Values.Start + Start;
        }

        TokenLoad.Convert(row.Values, Start, length, buffer);
        if (row.Mask != null)
        {
            TokenLoad.Mask(buffer, row.Mask + (Start / 32), length);
        }

        return buffer;
    }

    /// <summary>Rewards of kept tokens, as they are.</summary>
    private float* LoadRewards(int length)
    {
        float* own = RewardBuffer;
        if (rewards.Element == TokenElement.Float32 && length == Padded)
        {
            own = (float*)rewards.Start + Start;
        }
        else
        {
            TokenLoad.Convert(rewards, Start, length, own);
        }

        if (!AllIncluded)
        {
            TokenLoad.ExcludeWith(logits, own, Padded, RewardBuffer);
            own = RewardBuffer;
        }

        return own;
    }

    /// <summary>Turns rewards in lambda's direction, and leaves those in play.</summary>
    private float* DirectRewards(float* own, out bool isChanged)
    {
        isChanged = parameters.IsNegative || parameters.Base.Mode == TiltMode.Hard;
        if (parameters.IsNegative)
        {
            TokenLoad.Negate(own, Padded, RewardBuffer);
            own = RewardBuffer;
        }

        if (parameters.Base.Mode == TiltMode.Hard)
        {
            TokenLoad.ExcludeWith(logitTerms.Values, own, Padded, RewardBuffer);
            own = RewardBuffer;
        }

        return own;
    }

    private void AimRewards(float* own)
    {
        if (Reward > float.NegativeInfinity)
        {
            rewardTerms = TokenTerms.Of(in parameters.Tilt, own, Padded, Reward, RewardBuffer);
        }
    }
}
