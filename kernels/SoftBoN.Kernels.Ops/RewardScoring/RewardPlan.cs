namespace SoftBoN.Kernels.Ops;

/// <summary>A step of a plan: the arguments of its operation, without rows and outputs.</summary>
internal struct RewardStep : IProgramStep
{
    public RewardStepKind Kind;
    public RewardCalibrationArgs Calibration;
    public RewardPoolingArgs Ensemble;
    public float Beta;
    public float Gamma;

    public readonly unsafe ProgramStep Words => Kind switch
    {
        RewardStepKind.Calibrate => new ProgramStep
        {
            Kind = Kind,
            Which = (int)Calibration.Kind,
            A = Calibration.Low,
            B = Calibration.High,
            Values = new ReadOnlySpan<float>(Calibration.Table, Calibration.TableLength),
        },
        RewardStepKind.Ensemble => new ProgramStep
        {
            Kind = Kind,
            Which = (int)Ensemble.Kind,
            A = Ensemble.VarianceWeight,
            Values = new ReadOnlySpan<float>(Ensemble.Powers, Ensemble.PowerCount),
        },
        _ => new ProgramStep { Kind = Kind, Which = RewardProgram.PaidOf(Beta, Gamma), A = Beta, B = Gamma },
    };
}

/// <summary>
/// The arguments of a whole plan, from features to picks: flat, checked, null where an input is absent or an output not
/// wanted. Each operation's arguments lack the rewards that it gets from the one before.
/// </summary>
internal unsafe struct RewardPlanArgs
{
    /// <summary>The head that rewards come from; no heads where they come from elsewhere.</summary>
    public RewardScoringArgs Head;

    /// <summary>The rows of token rewards that are pooled, one per candidate; null where there are none.</summary>
    public RewardPoolingArgs Tokens;

    /// <summary>Rewards as they were given: a candidate's are <see cref="GivenStride"/> apart.</summary>
    public float* Given;
    public long GivenStride;

    /// <summary>Rewards per candidate before the first step.</summary>
    public int Members;

    public RewardStep* Steps;
    public int StepCount;

    /// <summary>What penalties are for.</summary>
    public float* LogProbability;
    public float* ReferenceLogProbability;
    public int* Length;

    /// <summary>The prompts' candidates, one after the other, all of them; has no values.</summary>
    public RowSource Prompts;
    public SoftWeightsArgs Weights;
    public bool WantsWeights;
    public SelectionArgs Selection;
    public bool WantsSelection;

    /// <summary>One per candidate.</summary>
    public float* Reward;
    public RowStatus* Status;

    /// <summary>The first candidate of a prompt, or the end of all.</summary>
    public readonly long FirstOf(long prompt) => Prompts.Layout == RowLayout.Strided
        ? prompt * Prompts.Columns
        : Prompts.Starts[prompt];

    /// <summary>The prompts, with their candidates' rewards.</summary>
    /// <param name="rewards">Where candidate 0 would be.</param>
    public readonly RowSource PromptsOf(float* rewards)
    {
        RowSource rows = Prompts;
        rows.Values = rewards;
        return rows;
    }
}
