using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// How candidates get their rewards, from features to the one number that selection takes: where rewards come from, and
/// the steps that change them, in the order in which they are added.
/// </summary>
/// <remarks>
/// A plan is made once and run by any number of calls and engines at once (<c>SoftBonEngine.Run</c>). It never changes: each
/// method returns a longer plan. It keeps copies of weights and tables. What a plan returns is what its steps return as calls
/// of their own, to the bit.
/// </remarks>
public sealed class RewardPlan
{
    private readonly RewardStep[] steps;

    /// <summary>What steps point into.</summary>
    private readonly object[] kept;

    private RewardPlan(RewardSource source, int members, RewardStep[] steps, object[] kept)
    {
        (Source, Members) = (source, members);
        (this.steps, this.kept) = (steps, kept);
    }

    /// <summary>Rewards per candidate after the last step; selection takes one.</summary>
    public int Members { get; }

    internal RewardSource Source { get; }

    internal ReadOnlySpan<RewardStep> Steps => steps;

    internal bool UsesLogProbabilities => Penalty is { Beta: not 0f };

    internal bool UsesLengths => Penalty is { Gamma: not 0f };

    private RewardStep? Penalty
    {
        get
        {
            int at = Array.FindIndex(steps, step => step.Kind == RewardStepKind.Penalize);
            return at < 0 ? null : steps[at];
        }
    }

    /// <summary>Rewards are scores of hidden states: a reward per head.</summary>
    /// <param name="head">Weights and biases; copied.</param>
    /// <param name="mixture">
    /// [heads]: the candidate's one reward is the sum of share times score; finite. Where empty, every head is a member of an
    /// ensemble.
    /// </param>
    /// <returns>The plan; its calls need <see cref="RewardPlanInputs.Hidden"/>.</returns>
    /// <exception cref="ArgumentException">Weights, biases and shares do not fit or are not finite.</exception>
    public static RewardPlan FromHead(RewardHead head, ReadOnlySpan<float> mixture = default)
    {
        var source = RewardSource.OfHead(head, mixture, isGated: false);
        return new RewardPlan(source, mixture.IsEmpty ? head.Weights.Rows : 1, [], []);
    }

    /// <summary>Rewards are scores of hidden states, mixed by shares of each candidate's own.</summary>
    /// <param name="head">Weights and biases; copied.</param>
    /// <returns>
    /// The plan; its calls need <see cref="RewardPlanInputs.Hidden"/> and <see cref="RewardPlanInputs.Gating"/>.
    /// </returns>
    /// <exception cref="ArgumentException">Weights and biases do not fit or are not finite.</exception>
    public static RewardPlan FromGatedHead(RewardHead head) =>
        new(RewardSource.OfHead(head, default, isGated: true), 1, [], []);

    /// <summary>Rewards of tokens or of steps, of which each candidate has a row, become one.</summary>
    /// <param name="pooling">How.</param>
    /// <returns>
    /// The plan; its calls need <see cref="RewardPlanInputs.Rewards"/> and <see cref="RewardPlanInputs.TokenRows"/>.
    /// </returns>
    public static RewardPlan FromTokens(RewardPooling pooling) => new(RewardSource.OfTokens(pooling), 1, [], []);

    /// <summary>Rewards are given.</summary>
    /// <param name="members">How many each candidate has, 1 to 2^20.</param>
    /// <returns>The plan; its calls need <see cref="RewardPlanInputs.Rewards"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="members"/> is out of range.</exception>
    public static RewardPlan FromRewards(int members = 1)
    {
        if (members is < 1 or > TokenSegments.MostTokens)
        {
            Throw.OutOfRange(nameof(members), members, $"Must be 1 to {TokenSegments.MostTokens}.");
        }

        return new RewardPlan(RewardSource.Given(members), members, [], []);
    }

    /// <summary>Brings the rewards of each prompt's candidates to a scale; several members each by themselves.</summary>
    /// <param name="calibration">The scale; a table is copied.</param>
    /// <returns>The longer plan.</returns>
    /// <exception cref="ArgumentException">There is no calibration.</exception>
    public unsafe RewardPlan Calibrate(RewardCalibration calibration)
    {
        RewardScoringCheck.IfNotGiven(calibration);
        float[] table = PinnedCopy.Of(calibration.Table);
        var step = new RewardStep
        {
            Kind = RewardStepKind.Calibrate,
            Calibration = new RewardCalibrationArgs
            {
                Kind = calibration.Kind,
                Table = PinnedCopy.Address(table),
                TableLength = table.Length,
                Low = calibration.Low,
                High = calibration.High,
            },
        };
        return With(step, table, Members);
    }

    /// <summary>Makes one reward of a candidate's several.</summary>
    /// <param name="pooling">How: their mean, the smallest, the mean less a share of the variance.</param>
    /// <returns>The longer plan.</returns>
    /// <exception cref="InvalidOperationException">Candidates have one reward already.</exception>
    public unsafe RewardPlan Ensemble(RewardPooling pooling)
    {
        if (Members == 1)
        {
            throw new InvalidOperationException(
                "Candidates have 1 reward at this step and an ensemble needs 2 or more; leave the step out, or make the plan "
                + "from several heads without a mixture, or from several rewards.");
        }

        float[] powers = PinnedCopy.Of<float>(pooling.Discounts(Members));
        var step = new RewardStep
        {
            Kind = RewardStepKind.Ensemble,
            Ensemble = new RewardPoolingArgs
            {
                Kind = pooling.Kind,
                VarianceWeight = pooling.Parameter,
                Powers = PinnedCopy.Address(powers),
                PowerCount = powers.Length,
            },
        };
        return With(step, powers, 1);
    }

    /// <summary>
    /// Takes beta (log-probability - reference's) + gamma length off each reward.
    /// </summary>
    /// <param name="beta">The price of a nat above the reference, in units of reward; finite.</param>
    /// <param name="gamma">The price of a unit of length, in units of reward; finite.</param>
    /// <returns>
    /// The longer plan; its calls need the log-probabilities unless beta is 0, and the lengths unless gamma is 0.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A price is not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// Candidates have several rewards, or the plan has penalties already.
    /// </exception>
    public RewardPlan Penalize(float beta, float gamma = 0f)
    {
        RewardScoringCheck.IfNotFinite(beta, nameof(beta));
        RewardScoringCheck.IfNotFinite(gamma, nameof(gamma));
        if (Members != 1 || Penalty != null)
        {
            throw new InvalidOperationException(Members != 1
                ? $"Candidates have {Members} rewards at this step and penalties need 1; add Ensemble before them."
                : "The plan has penalties already; give both prices in one step.");
        }

        return With(new RewardStep { Kind = RewardStepKind.Penalize, Beta = beta, Gamma = gamma }, this, 1);
    }

    private RewardPlan With(RewardStep step, object memory, int members)
    {
        RewardStep[] more = GC.AllocateUninitializedArray<RewardStep>(steps.Length + 1, pinned: true);
        steps.CopyTo(more, 0);
        more[^1] = step;
        return new RewardPlan(Source, members, more, [.. kept, memory]);
    }
}
