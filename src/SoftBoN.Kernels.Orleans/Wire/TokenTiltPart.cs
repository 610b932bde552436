using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>A token tilt of whole rows: its message, and what a silo does with it. Maps are followed on the way.</summary>
internal sealed unsafe class TokenTiltPart(TokenTiltArgs* args, long rows) : PartCall
{
    public override PartOperation Operation => PartOperation.TiltTokens;

    public override long Rows => rows;

    public override long FixedBytes => 1024 + (args->MaskStride == 0 ? TokenTiltForm.MaskBytes(in *args) : 0);

    public override long RowBytes(long row)
    {
        const int OutputsPerDraw = 5;
        const int OutputsPerRow = 6;
        long reply = (sizeof(float) * ((args->Draws * (long)OutputsPerDraw) + (2L * args->Top) + OutputsPerRow))
            + TokenMatrices.RowBytes(args->TiltedLogits, args->Columns)
            + TokenMatrices.RowBytes(args->Probabilities, args->Columns);
        return Math.Max(reply, TokenTiltForm.RowBytes(in *args, row));
    }

    public override void Write(ref PartWriter writer, long first, long end)
    {
        TokenTiltForm.Write(ref writer, in *args, first, end);
        TokenMatrices.Write(ref writer, args->Logits, 0, args->Columns, args->RowMap, first, end);
        TokenMatrices.Write(ref writer, args->Rewards, 0, args->Columns, args->RewardMap, first, end);
        TokenTiltForm.WriteMask(ref writer, in *args, first, end);
        TokenTiltForm.WriteSparse(ref writer, in *args, first, end);
        TokenTiltForm.WritePerRow(ref writer, in *args, first, end);
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        long count = end - first;
        long draws = args->Draws;
        long top = args->Top;
        reader.CopyTo(args->Token, first * draws, count * draws);
        reader.CopyTo(args->Rank, first * draws, count * draws);
        reader.CopyTo(args->LogProbability, first * draws, count * draws);
        reader.CopyTo(args->BaseLogProbability, first * draws, count * draws);
        reader.CopyTo(args->ModelLogProbability, first * draws, count * draws);
        reader.CopyTo(args->TopToken, first * top, count * top);
        reader.CopyTo(args->TopLogProbability, first * top, count * top);
        TokenMatrices.CopyTo(ref reader, args->TiltedLogits, args->Columns, first, count);
        TokenMatrices.CopyTo(ref reader, args->Probabilities, args->Columns, first, count);
        reader.CopyTo(args->LeastKept, first, count);
        reader.CopyTo(args->LogSumExp, first, count);
        reader.CopyTo(args->BaseLogSumExp, first, count);
        reader.CopyTo(args->Kl, first, count);
        reader.CopyTo(args->EffectiveSampleSize, first, count);
        reader.CopyTo(args->Status, first, count);
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        var form = reader.Scalar<TokenTiltForm>();
        TokenMatrix logits = TokenMatrices.Read(ref reader, form.LogitElement, form.Rows, form.Columns);
        TokenTiltOptions options = form.Options(ref reader, isWhole: true);
        var measure = default(PartWriter);
        form.Outputs(ref measure);
        PartWriter writer = measure.Allocate(limit);
        engine.TiltTokens(logits, options, form.Outputs(ref writer));
        return writer.Buffer;
    }
}
