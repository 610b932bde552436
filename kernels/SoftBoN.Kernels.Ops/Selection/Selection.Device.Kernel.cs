using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Selection on a device: one team a row. In full, or picks alone: Gumbel noise, draws with replacement, neither offsets nor
/// elements nor probabilities nor margins.
/// </summary>
internal static partial class SelectionKernel<TWarp, TTeam, TFull>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TFull : struct, IFlag
{
    /// <summary>The kernel.</summary>
    public static void Run(SelectionKernelArgs args)
    {
        TeamRow<TWarp, TTeam> team = default;
        team.Rows = args.Rows;
        team.Lambdas = args.Lambdas;
        if (TFull.Value)
        {
            team.Offsets = args.Offsets;
        }

        team.Place = TeamPlace.Of<TTeam>();
        team.Place.Share<TTeam>(in args.Shared);
        for (long first = SlotRange<TTeam>.First; first < args.Rows.Slots; first += SlotRange<TTeam>.Step)
        {
            team.Row = args.Rows.At(first + SlotRange<TTeam>.Team);
            RunRow(in args, ref team);
        }
    }

    private static void RunRow(in SelectionKernelArgs args, ref TeamRow<TWarp, TTeam> team)
    {
        SoftWeightsSums sums = default;
        RowStatus status = team.Prepare(TFull.Value, ref sums);
        status = TFull.Value ? Check(in args, in team, status) : status;
        bool hasResult = status < RowStatus.Empty;
        if (IsDistinct(in args) && status == RowStatus.Ok && args.Draws > sums.Included)
        {
            status = RowStatus.FewerCandidatesThanDraws;
        }

        if (team.Row.Exists && team.Place.Writes)
        {
            WriteRow(in args, team.Row.Number, in sums, status);
        }

        DrawAll(in args, in team, in sums, hasResult);
    }

    private static bool IsDistinct(in SelectionKernelArgs args) => TFull.Value && args.IsDistinct != 0;

    /// <summary>All draws of a row.</summary>
    private static void DrawAll(
        in SelectionKernelArgs args, in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, bool hasResult)
    {
        bool isDistinct = IsDistinct(in args);
        bool wantsLog = TFull.Value && args.Wants(SelectionOutput.LogProbability);
        SoftWeightsSums left = sums;
        LogNormalizer normalizer = default;
        uint drawn = 0;
        if (TFull.Value)
        {
            team.ClearMarks();
        }

        for (int draw = 0; draw < args.Draws; draw++)
        {
            if (isDistinct && draw > 0)
            {
                left.Max = LargestLeft(in team, in sums, drawn);
            }

            NoiseKey key = args.KeyOf(in team.Row, draw);
            Candidate best = Pick(in args, in team, in left, in key, drawn);
            best = Team<TWarp, TTeam>.Best<TFull>(best, in team.Place);
            if (wantsLog && (isDistinct || draw == 0))
            {
                normalizer = Normalizer(in team, in left, drawn);
            }

            if (team.Row.Exists && team.Place.Writes)
            {
                long at = (team.Row.Number * args.Draws) + draw;
                WriteDraw(in args, in team, in left, at, in best, in normalizer, hasResult && best.Index >= 0);
            }

            if (isDistinct)
            {
                Mark(in team, best.Index, ref drawn);
            }
        }
    }

    /// <summary>The thread's best candidate; none where it is known to be no better than another thread's.</summary>
    public static Candidate Pick(
        in SelectionKernelArgs args,
        in TeamRow<TWarp, TTeam> team,
        in SoftWeightsSums left,
        in NoiseKey key,
        uint drawn)
    {
        if (!TFull.Value)
        {
            return PickPruned(in team, in left, in key);
        }

        Candidate best = Candidate.None;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            uint marks = team.Marks(turn, drawn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = team.Directed(i, left.IsNegative);
                Quad offset = team.Offsets.Load(in team.Row, i);
                ElementQuad elements = Elements(in args, in team.Row, i);
                Quad noise = Noise(in args, in key, in elements);
                Consider(in left, reward.A, offset.A, noise.A, elements.A, i, marks, 1, ref best);
                Consider(in left, reward.B, offset.B, noise.B, elements.B, i + 1, marks, 2, ref best);
                Consider(in left, reward.C, offset.C, noise.C, elements.C, i + 2, marks, 4, ref best);
                Consider(in left, reward.D, offset.D, noise.D, elements.D, i + 3, marks, 8, ref best);
                marks >>= CanonicalSum.GroupSize;
            }
        }

        return best;
    }

    private static void Consider(
        in SoftWeightsSums left,
        float reward,
        float offset,
        float noise,
        uint element,
        int index,
        uint marks,
        uint mark,
        ref Candidate best)
    {
        bool inPlay = IsInPlay(in left, reward) && (marks & mark) == 0;
        float key = SelectionOp.X(in left, reward, offset) + noise;
        best.Add(inPlay ? key : float.NegativeInfinity, element, inPlay ? index : -1);
    }

    /// <summary>Whether an included candidate that was not drawn is in play.</summary>
    private static bool IsInPlay(in SoftWeightsSums left, float directed) =>
        directed != float.NegativeInfinity
        & (left.Mode != TiltMode.Hard || Bits.ZeroBelowKeepNaN(directed, left.Scale.ZeroBelow) == left.Max);

    private static ElementQuad Elements(in SelectionKernelArgs args, in KernelRow row, int i)
    {
        if (args.HasElements == 0)
        {
            return new ElementQuad((uint)i, (uint)i + 1, (uint)i + 2, (uint)i + 3);
        }

        long at = row.Packed + i;
        int last = row.Length - 1 - i;
        return new ElementQuad(
            args.Elements[at],
            args.Elements[at + (last < 1 ? last : 1)],
            args.Elements[at + (last < 2 ? last : 2)],
            args.Elements[at + (last < 3 ? last : 3)]);
    }

    /// <summary>The noise of four elements; consecutive ones from a multiple of four share their random words.</summary>
    private static Quad Noise(in SelectionKernelArgs args, in NoiseKey key, in ElementQuad elements)
    {
        if (args.Noise == (int)SelectionNoise.None)
        {
            return default;
        }

        ElementQuad words = default;
        if (args.HasElements == 0)
        {
            words = Words(in key, (int)elements.A);
        }
        else
        {
            words.A = Philox4x32.Word(in key, elements.A);
            words.B = Philox4x32.Word(in key, elements.B);
            words.C = Philox4x32.Word(in key, elements.C);
            words.D = Philox4x32.Word(in key, elements.D);
        }

        bool isGumbel = args.Noise == (int)SelectionNoise.Gumbel;
        return new Quad(
            NoiseOf(isGumbel, words.A),
            NoiseOf(isGumbel, words.B),
            NoiseOf(isGumbel, words.C),
            NoiseOf(isGumbel, words.D));
    }

    private static float NoiseOf(bool isGumbel, uint word) =>
        isGumbel ? Numerics.Noise.Gumbel(word) : Numerics.Noise.Exponential(word);
}
