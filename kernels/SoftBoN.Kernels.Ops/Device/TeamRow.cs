using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A row and the team that works on it: what it learns of the row before there can be a result.</summary>
internal struct TeamRow<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    public KernelRows Rows;
    public KernelOffsets Offsets;
    public KernelLambda Lambdas;
    public KernelRow Row;
    public TeamPlace Place;

    /// <summary>The largest reward, in the direction that lambda prefers.</summary>
    public float Largest;

    /// <summary>The segments of the row; at least one.</summary>
    public readonly int Segments => Row.Segments<TTeam>();

    /// <summary>The turns in which the team goes through the row: a segment a warp, or a lane of one where a thread is
    /// alone.</summary>
    public readonly int Turns => TTeam.IsAlone ? OwnSegments << LaneTurn.Bits(Row.Length) : Segments;

    /// <summary>
    /// The thread's elements in a turn: the warps take a segment each, and where there are none left, none, so that all meet
    /// where they wait.
    /// </summary>
    public readonly SegmentRange Range(int turn)
    {
        if (!TTeam.IsAlone)
        {
            return SegmentRange.Of(turn + Place.Warp, Row.Length, Place.Lane);
        }

        LaneTurn lane = LaneTurn.Of(turn, Row.Length);
        return SegmentRange.Of(SegmentOf(lane.Segment), Row.Length, lane.Lane);
    }

    /// <summary>Four rewards as given; -infinity where a candidate is excluded, and past the end.</summary>
    public readonly Quad Included(int element)
    {
        Quad quad = Rows.Load(in Row, element);
        if (Offsets.IsGiven != 0)
        {
            Quad offset = Offsets.Load(in Row, element);
            quad.A = RewardKey.IsExcluded(offset.A) ? float.NegativeInfinity : quad.A;
            quad.B = RewardKey.IsExcluded(offset.B) ? float.NegativeInfinity : quad.B;
            quad.C = RewardKey.IsExcluded(offset.C) ? float.NegativeInfinity : quad.C;
            quad.D = RewardKey.IsExcluded(offset.D) ? float.NegativeInfinity : quad.D;
        }

        return quad;
    }

    /// <summary>Four rewards in the direction that lambda prefers; -infinity where a candidate is excluded.</summary>
    public readonly Quad Directed(int element, bool isNegative)
    {
        Quad quad = Included(element);
        quad.A = RowInspection.Directed(quad.A, isNegative);
        quad.B = RowInspection.Directed(quad.B, isNegative);
        quad.C = RowInspection.Directed(quad.C, isNegative);
        quad.D = RowInspection.Directed(quad.D, isNegative);
        return quad;
    }

    /// <summary>The segments of the row that are a lone thread's: all, or where threads share it every so many.</summary>
    private readonly int OwnSegments =>
        TTeam.IsPart ? (Segments - Place.Warp + (1 << Place.PartBits) - 1) >> Place.PartBits : Segments;

    /// <summary>Which segment of the row a segment of a lone thread is.</summary>
    private readonly int SegmentOf(int own) => TTeam.IsPart ? (own << Place.PartBits) + Place.Warp : own;

    /// <summary>A row's status, and its scale and extremes at its lambda, which is given or was found before.</summary>
    /// <param name="counts">Whether the smallest reward and the number of included candidates are wanted.</param>
    /// <param name="sums">Where all that goes.</param>
    public RowStatus Prepare(bool counts, ref SoftWeightsSums sums)
    {
        RowLambda lambda = Lambdas.Of(in Row);
        sums.IsNegative = lambda.IsNegative;
        return Aim(lambda, Inspect(counts, ref sums), ref sums);
    }

    /// <summary>The same where every team that shares the row has looked at its part of it.</summary>
    public RowStatus Recall(in SplitState found, ref SoftWeightsSums sums)
    {
        RowLambda lambda = Lambdas.Of(in Row);
        sums.IsNegative = lambda.IsNegative;
        return Aim(lambda, RecallExtremes(in found, ref sums), ref sums);
    }

    /// <summary>A row's status by its rewards, and its extremes, where they were looked at before.</summary>
    public RowStatus RecallExtremes(in SplitState found, ref SoftWeightsSums sums)
    {
        RowExtremes extremes = found.Extremes;
        sums.Min = RewardKey.Value(extremes.Smallest);
        sums.Included = (int)extremes.Included;
        return StatusOf(extremes.Largest);
    }

    private readonly RowStatus Aim(RowLambda lambda, RowStatus status, ref SoftWeightsSums sums)
    {
        float magnitude = MathF.Abs(lambda.Effective);
        AimAt(RowLambda.ModeOf(magnitude), magnitude, ref sums);
        RowStatus note = lambda.Status == RowStatus.Ok ? Lambdas.NoteOf(in Row) : lambda.Status;
        bool noteIsFirst = (note >= RowStatus.Empty && Row.Length > 0) || status == RowStatus.Ok;
        return noteIsFirst ? note : status;
    }

    /// <summary>Looks at every reward of the row.</summary>
    /// <param name="counts">Whether the smallest reward and the number of included candidates are wanted.</param>
    /// <param name="sums">Where those go; it has the direction that lambda prefers.</param>
    public RowStatus Inspect(bool counts, ref SoftWeightsSums sums)
    {
        RowExtremes extremes = counts || sums.IsNegative ? Look(sums.IsNegative) : LookForLargest();
        uint largest = Team<TWarp, TTeam>.Fold<LargestFold>(extremes.Largest, in Place);
        if (counts)
        {
            sums.Min = RewardKey.Value(Team<TWarp, TTeam>.Fold<SmallestFold>(extremes.Smallest, in Place));
            sums.Included = (int)Team<TWarp, TTeam>.Fold<AddFold>(extremes.Included, in Place);
        }

        return StatusOf(largest);
    }

    /// <summary>What the thread's rewards tell.</summary>
    public readonly RowExtremes Look(bool isNegative)
    {
        RowExtremes extremes = RowExtremes.None;
        int turns = Turns;
        for (int turn = 0; turn < turns; turn += Place.Warps)
        {
            SegmentRange range = Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = Included(i);
                extremes.Add(reward.A, isNegative);
                extremes.Add(reward.B, isNegative);
                extremes.Add(reward.C, isNegative);
                extremes.Add(reward.D, isNegative);
            }
        }

        return extremes;
    }

    /// <summary>The same where high rewards are preferred and the largest is all that is wanted.</summary>
    private readonly RowExtremes LookForLargest()
    {
        float largest = float.NegativeInfinity;
        uint magnitude = 0;
        int turns = Turns;
        for (int turn = 0; turn < turns; turn += Place.Warps)
        {
            SegmentRange range = Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = Included(i);
                LookAt(reward.A, ref largest, ref magnitude);
                LookAt(reward.B, ref largest, ref magnitude);
                LookAt(reward.C, ref largest, ref magnitude);
                LookAt(reward.D, ref largest, ref magnitude);
            }
        }

        return RowExtremes.OfLargest(largest, magnitude);
    }

    private static void LookAt(float reward, ref float largest, ref uint magnitude)
    {
        largest = reward > largest ? reward : largest;
        magnitude = LargestFold.Of(magnitude, Bits.Of(reward) & ~RewardKey.SignBit);
    }

    private RowStatus StatusOf(uint largest)
    {
        Largest = RewardKey.Value(largest);
        return RowInspection.StatusOf(
            Row.Length,
            largest == RewardKey.NaN,
            largest == RewardKey.PositiveInfinity,
            largest != RewardKey.NegativeInfinity);
    }

    /// <summary>Sets the row's temperature.</summary>
    public readonly void AimAt(TiltMode mode, float lambda, ref SoftWeightsSums sums)
    {
        sums.Mode = mode;
        sums.Lambda = lambda;
        sums.Scale = TiltScale.For(mode, lambda);
        sums.Max = Bits.ZeroBelowKeepNaN(Largest, sums.Scale.ZeroBelow);
    }

    /// <summary>The row's sums at its temperature, those that are wanted.</summary>
    public readonly void MakeSums(int wanted, ref SoftWeightsSums sums) =>
        AddSegments(wanted, SumSegments(wanted, in sums), ref sums);

    /// <summary>Sums the team's segments; a team of one warp has the row's sums then.</summary>
    public readonly SumTerms SumSegments(int wanted, in SoftWeightsSums sums)
    {
        bool squares = (wanted & SumTerms.WantSquares) != 0;
        bool deviations = (wanted & SumTerms.WantDeviations) != 0;
        SumTerms last = default;
        int turns = Turns;
        for (int turn = 0; turn < turns; turn += Place.Warps)
        {
            Quad e = default;
            Quad ee = default;
            Quad ed = default;
            SegmentRange range = Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = Directed(i, sums.IsNegative);
                SumTerms a = SumTerms.Of(in sums, reward.A);
                SumTerms b = SumTerms.Of(in sums, reward.B);
                SumTerms c = SumTerms.Of(in sums, reward.C);
                SumTerms d = SumTerms.Of(in sums, reward.D);
                e.Add(new Quad(a.Sum, b.Sum, c.Sum, d.Sum));
                ee.Add(new Quad(a.Square, b.Square, c.Square, d.Square));
                ed.Add(new Quad(a.Deviation, b.Deviation, c.Deviation, d.Deviation));
            }

            last.Sum = Keep(in e, SumTerms.SumKind, turn);
            last.Square = squares ? Keep(in ee, SumTerms.SquareKind, turn) : 0f;
            last.Deviation = deviations ? Keep(in ed, SumTerms.DeviationKind, turn) : 0f;
        }

        return last;
    }

    /// <summary>The row's sums from those of its segments.</summary>
    /// <param name="wanted">Which sums there are besides that of exp(x).</param>
    /// <param name="last">What <see cref="SumSegments"/> returned, for a team of one warp.</param>
    /// <param name="sums">Where they go.</param>
    public readonly void AddSegments(int wanted, SumTerms last, ref SoftWeightsSums sums)
    {
        bool squares = (wanted & SumTerms.WantSquares) != 0;
        bool deviations = (wanted & SumTerms.WantDeviations) != 0;
        sums.Sum = Team<TWarp, TTeam>.RowSum(last.Sum, SumTerms.SumKind, Segments, in Place);
        sums.Squares = squares ? Team<TWarp, TTeam>.RowSum(last.Square, SumTerms.SquareKind, Segments, in Place) : 0f;
        sums.Deviations = deviations
            ? Team<TWarp, TTeam>.RowSum(last.Deviation, SumTerms.DeviationKind, Segments, in Place)
            : 0f;
    }

    /// <summary>The sum of 1 - exp(x), where it is needed.</summary>
    public readonly void MakeComplements(ref SoftWeightsSums sums)
    {
        float last = SumComplements(in sums);
        sums.Complements = Team<TWarp, TTeam>.RowSum(last, SumTerms.ComplementKind, Segments, in Place);
    }

    /// <summary>Sums 1 - exp(x) over the team's segments; a team of one warp has the row's sum then.</summary>
    public readonly float SumComplements(in SoftWeightsSums sums)
    {
        bool isNeeded = sums.NeedsComplements;
        float complement = 0f;
        int turns = Turns;
        for (int turn = 0; turn < turns; turn += Place.Warps)
        {
            Quad terms = default;
            SegmentRange range = Range(turn);
            for (int i = range.First; isNeeded && i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = Directed(i, sums.IsNegative);
                terms.A += Complement(in sums, reward.A);
                terms.B += Complement(in sums, reward.B);
                terms.C += Complement(in sums, reward.C);
                terms.D += Complement(in sums, reward.D);
            }

            complement = Keep(in terms, SumTerms.ComplementKind, turn);
        }

        return complement;
    }

    /// <summary>
    /// The thread's marks of the candidates that it looks at in a turn, a bit each in the order in which it does: a team of
    /// one warp, whose rows take one turn, has them in a register.
    /// </summary>
    public readonly uint Marks(int turn, uint register) =>
        !TTeam.TakesAnyLength ? register : Place.HasMarks ? Place.Marks[MarksAt(turn)] : 0u;

    /// <summary>Sets those marks, for a team whose rows may have any length.</summary>
    public readonly void SetMarks(int turn, uint marks) => Place.Marks[MarksAt(turn)] = marks;

    /// <summary>Clears all marks of the row.</summary>
    public readonly void ClearMarks()
    {
        for (int turn = 0; TTeam.TakesAnyLength && Place.HasMarks && turn < Turns; turn += Place.Warps)
        {
            SetMarks(turn, 0);
        }
    }

    /// <summary>A segment's sum, kept until all of the row's are there; it is whole after the segment's last turn.</summary>
    public readonly float Keep(in Quad lanes, int kind, int turn)
    {
        if (!TTeam.IsAlone)
        {
            float sum = Team<TWarp, TTeam>.SegmentSum(in lanes, in Place);
            Team<TWarp, TTeam>.KeepSegment(sum, kind, turn + Place.Warp, Segments, in Place);
            return sum;
        }

        int bits = LaneTurn.Bits(Row.Length);
        int inSegment = turn & ((1 << bits) - 1);
        float folded = LaneTurn.Fold(lanes.GroupSum, inSegment, bits, Place.LaneRoom<TTeam>(kind), in Place);
        if (inSegment == (1 << bits) - 1)
        {
            Team<TWarp, TTeam>.KeepSegment(folded, kind, SegmentOf(turn >> bits), Segments, in Place);
        }

        return folded;
    }

    /// <summary>
    /// A place for each lane of each segment; surplus warps have places of their own behind those. Alone, for each turn.
    /// </summary>
    private readonly int MarksAt(int turn) =>
        TTeam.IsAlone ? turn : ((turn + Place.Warp) * CanonicalSum.Groups) + Place.Lane;

    private static float Complement(in SoftWeightsSums sums, float reward) => reward == float.NegativeInfinity
        ? 0f
        : SoftWeightsOp.ComplementTerm(SoftWeightsOp.X(in sums, reward));
}
