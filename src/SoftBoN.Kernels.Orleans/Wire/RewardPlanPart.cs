using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>A plan, cut by prompts: its message, with all its steps, and what a silo does with it.</summary>
internal sealed unsafe class RewardPlanPart(RewardPlanArgs* args) : PartCall
{
    private bool IsHead => args->Head.Heads > 0;

    private bool IsTokens => args->Tokens.Rows.Count > 0;

    public override PartOperation Operation => PartOperation.RunPlan;

    public override long Rows => args->Prompts.Count;

    public override long FixedBytes => 1024 + (IsHead ? HeadForm.Bytes(in args->Head) : 0) + StepBytes();

    public override long RowBytes(long row)
    {
        // Weights, log-weights, reward, status; offsets, elements; what penalties are for.
        const int PerCandidate = 12 * sizeof(float);
        long first = args->FirstOf(row);
        long candidates = args->FirstOf(row + 1) - first;
        long perDraw = args->WantsSelection ? args->Selection.Draws * 4L * sizeof(float) : 0;
        long sources = IsHead
            ? candidates * (HeadForm.RowBytes(in args->Head) + (args->Head.Heads * (long)sizeof(float)))
            : candidates * args->Members * sizeof(float);
        for (long i = first; IsTokens && i < first + candidates; i++)
        {
            sources += RowLayouts.BytesOf(in args->Tokens.Rows, i);
        }

        return 128 + sources + (candidates * PerCandidate) + perDraw;
    }

    public override void Write(ref PartWriter writer, long first, long end)
    {
        long start = args->FirstOf(first);
        long stop = args->FirstOf(end);
        writer.Scalar(new Form
        {
            Source = IsHead ? RewardSourceKind.Head : IsTokens ? RewardSourceKind.Tokens : RewardSourceKind.Given,
            Pooling = args->Tokens.Kind,
            Parameter = args->Tokens.VarianceWeight,
            Members = args->Members,
            Candidates = stop - start,
            WantsScores = args->Head.Scores != null,
            WantsReward = args->Reward != null,
            WantsStatus = args->Status != null,
            WantsWeights = args->WantsWeights,
            WantsSelection = args->WantsSelection,
        });
        WriteSource(ref writer, start, stop);
        PlanSteps.Write(ref writer, args->Steps, args->StepCount);
        writer.Values(args->LogProbability, start, stop - start);
        writer.Values(args->ReferenceLogProbability, start, stop - start);
        writer.Values(args->Length, start, stop - start);
        WritePrompts(ref writer, first, end);
        SoftWeightsForm.Write(ref writer, in args->Weights);
        if (args->WantsSelection)
        {
            SelectionForm.Write(ref writer, in args->Selection, first, end);
        }
        else if (args->WantsWeights)
        {
            writer.Scalar(LambdaForm.Of(in args->Weights.Lambda));
            writer.Values(args->Weights.Lambda.Values.Values, first, end - first);
        }
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        long start = args->FirstOf(first);
        long candidates = args->FirstOf(end) - start;
        reader.CopyTo(args->Head.Scores, start * args->Head.Heads, candidates * args->Head.Heads);
        reader.CopyTo(args->Reward, start, candidates);
        reader.CopyTo(args->Status, start, candidates);
        if (args->WantsWeights)
        {
            SoftWeightsForm.CopyResults(ref reader, in args->Weights, first, end);
        }

        if (args->WantsSelection)
        {
            SelectionForm.CopyResults(ref reader, in args->Selection, first, end);
        }
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        Form form = reader.Scalar<Form>();
        RewardPlan plan = ReadSource(ref reader, in form, out RewardPlanInputs source, out int heads);
        plan = PlanSteps.Read(ref reader, plan);
        var inputs = new RewardPlanInputs
        {
            Hidden = source.Hidden,
            Gating = source.Gating,
            Rewards = source.Rewards,
            TokenRows = source.TokenRows,
            LogProbability = reader.Values<float>(),
            ReferenceLogProbability = reader.Values<float>(),
            Length = reader.Values<int>(),
        };
        Rows prompts = RowLayouts.Read(ref reader, out _, out _);
        var weights = reader.Scalar<SoftWeightsForm>();
        SelectionForm picks = default;
        SelectionOptions selection = form.WantsSelection
            ? SelectionForm.Read(ref reader, out picks)
            : new SelectionOptions { Lambda = form.WantsWeights ? reader.Scalar<LambdaForm>().Read(ref reader) : default };
        var measure = default(PartWriter);
        Outputs(ref measure, in form, heads, prompts.Count, in weights, in picks);
        PartWriter writer = measure.Allocate(limit);
        engine.Run(plan, inputs, prompts, selection, Outputs(ref writer, in form, heads, prompts.Count, in weights, in picks));
        return writer.Buffer;
    }

    private static RewardPlanOutputs Outputs(
        ref PartWriter writer, in Form form, int heads, long prompts, in SoftWeightsForm weights, in SelectionForm picks) => new()
        {
            Scores = writer.Place<float>(form.WantsScores, form.Candidates * heads),
            Reward = writer.Place<float>(form.WantsReward, form.Candidates),
            Status = writer.Place<RowStatus>(form.WantsStatus, form.Candidates),
            Weights = form.WantsWeights ? weights.Outputs(ref writer, prompts, form.Candidates) : default,
            Selection = form.WantsSelection ? picks.Outputs(ref writer, prompts) : default,
        };

    private static RewardPlan ReadSource(ref PartReader reader, in Form form, out RewardPlanInputs inputs, out int heads)
    {
        inputs = default;
        heads = 0;
        switch (form.Source)
        {
            case RewardSourceKind.Head:
                heads = HeadForm.Read(
                    ref reader, out TokenMatrix hidden, out RewardHead head, out RewardScoringOptions options).Heads;
                inputs = new RewardPlanInputs { Hidden = hidden, Gating = options.Gating };
                return options.Gating.IsEmpty
                    ? RewardPlan.FromHead(head, options.Mixture)
                    : RewardPlan.FromGatedHead(head);
            case RewardSourceKind.Tokens:
                Rows rows = RowLayouts.Read(ref reader, out ReadOnlySpan<float> rewards, out _);
                inputs = new RewardPlanInputs { Rewards = rewards, TokenRows = rows };
                return RewardPlan.FromTokens(PlanSteps.PoolingOf(form.Pooling, form.Parameter));
            default:
                inputs = new RewardPlanInputs { Rewards = reader.Values<float>() };
                return RewardPlan.FromRewards(form.Members);
        }
    }

    private void WriteSource(ref PartWriter writer, long start, long stop)
    {
        if (IsHead)
        {
            HeadForm.Write(ref writer, in args->Head, start, stop);
        }
        else if (IsTokens)
        {
            RowLayouts.Write(ref writer, in args->Tokens.Rows, start, stop);
        }
        else if (writer.Reserve(args->Members * (stop - start), out Span<float> given))
        {
            for (int member = 0; member < args->Members; member++)
            {
                new ReadOnlySpan<float>(args->Given + (member * args->GivenStride) + start, (int)(stop - start))
                    .CopyTo(given[(int)(member * (stop - start))..]);
            }
        }
    }

    /// <summary>Prompts have candidates but no values of their own.</summary>
    private void WritePrompts(ref PartWriter writer, long first, long end)
    {
        RowSource prompts = args->Prompts;
        bool isDense = prompts.Layout == RowLayout.Strided;
        RowLayouts.WriteHead(ref writer, end - first, isDense ? prompts.Columns : -1);
        if (writer.Reserve(isDense ? 0 : end - first + 1, out Span<long> offsets))
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                offsets[i] = args->FirstOf(first + i) - args->FirstOf(first);
            }
        }

        writer.Values<float>(null, 0, 0);
    }

    private long StepBytes()
    {
        long bytes = 0;
        for (int i = 0; i < args->StepCount; i++)
        {
            bytes += 64 + (args->Steps[i].Calibration.TableLength * (long)sizeof(float));
        }

        return bytes;
    }

    private struct Form
    {
        public long Candidates;
        public int Members;
        public float Parameter;
        public RewardSourceKind Source;
        public RewardPoolingKind Pooling;
        public bool WantsScores;
        public bool WantsReward;
        public bool WantsStatus;
        public bool WantsWeights;
        public bool WantsSelection;
    }
}
