using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Scores of hidden values: their message, which has the heads too, and what a silo does with it.</summary>
internal sealed unsafe class RewardScoringPart(RewardScoringArgs* args, long rows) : PartCall
{
    public override PartOperation Operation => PartOperation.ScoreRewards;

    public override long Rows => rows;

    public override long FixedBytes => HeadForm.Bytes(in *args);

    public override long RowBytes(long row) =>
        Math.Max(HeadForm.RowBytes(in *args), (args->Heads + 2) * (long)sizeof(float));

    public override void Write(ref PartWriter writer, long first, long end)
    {
        HeadForm.Write(ref writer, in *args, first, end);
        writer.Scalar(new Form
        {
            WantsScores = args->Scores != null,
            WantsReward = args->Reward != null,
            WantsStatus = args->Status != null,
        });
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        reader.CopyTo(args->Scores, first * args->Heads, (end - first) * args->Heads);
        reader.CopyTo(args->Reward, first, end - first);
        reader.CopyTo(args->Status, first, end - first);
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        HeadForm size = HeadForm.Read(
            ref reader, out TokenMatrix hidden, out RewardHead head, out RewardScoringOptions options);
        Form form = reader.Scalar<Form>();
        var measure = default(PartWriter);
        Outputs(ref measure, in form, in size);
        PartWriter writer = measure.Allocate(limit);
        engine.ScoreRewards(hidden, head, options, Outputs(ref writer, in form, in size));
        return writer.Buffer;
    }

    private static RewardScoringOutputs Outputs(ref PartWriter writer, in Form form, in HeadForm size) => new()
    {
        Scores = writer.Place<float>(form.WantsScores, (long)size.Rows * size.Heads),
        Reward = writer.Place<float>(form.WantsReward, size.Rows),
        Status = writer.Place<RowStatus>(form.WantsStatus, size.Rows),
    };

    private struct Form
    {
        public bool WantsScores;
        public bool WantsReward;
        public bool WantsStatus;
    }
}
