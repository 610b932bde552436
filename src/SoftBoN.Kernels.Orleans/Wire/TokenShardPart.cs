using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// A step of a tilt of long rows: each row is cut by vocabulary, and a part is a shard of a row. Row r of the call is shard
/// r mod shards of row r / shards.
/// </summary>
/// <param name="args">The arguments of the whole rows.</param>
/// <param name="rows">The number of whole rows.</param>
/// <param name="shards">The shards of a row, in order.</param>
/// <param name="rowStates">States of whole rows, where shards are drawn from; null where they are summed.</param>
/// <param name="results">Where results go, by shard: a state or the picks of each row.</param>
internal sealed unsafe class TokenShardPart(
    TokenTiltArgs* args, long rows, TokenShard[] shards, byte[]? rowStates, byte[][] results) : PartCall
{
    public override PartOperation Operation => rowStates == null ? PartOperation.SumShard : PartOperation.DrawShard;

    public override long Rows => rows * shards.Length;

    public override int MostRows => 1;

    public override long RowBytes(long row)
    {
        int tokens = shards[row % shards.Length].Tokens;
        return TokenMatrices.RowBytes(args->Logits, tokens)
            + TokenMatrices.RowBytes(args->Rewards, tokens)
            + (args->Mask == null ? 0 : TokenTiltForm.WordsOf(tokens) * (long)sizeof(uint))
            + (rowStates == null ? 0 : WholeStateBytes)
            + (results[row % shards.Length].Length / Math.Max(1, rows));
    }

    private int WholeStateBytes => rowStates!.Length / (int)rows;

    public override void Write(ref PartWriter writer, long first, long end)
    {
        TokenShard shard = shards[first % shards.Length];
        long row = first / shards.Length;
        int column = shard.FirstToken;
        TokenTiltArgs part = *args;
        part.Columns = shard.Tokens;
        long source = args->SourceRow(row);
        part.Mask = args->Mask == null ? null : args->Mask + (source * args->MaskStride) + (column / 32);
        part.MaskStride = 0;
        writer.Scalar(new Place { FirstToken = column, Tokens = shard.Tokens, Vocabulary = shard.Vocabulary });
        TokenTiltForm.Write(ref writer, in part, row, row + 1);
        TokenMatrices.Write(ref writer, args->Logits, column, shard.Tokens, args->RowMap, row, row + 1);
        TokenMatrices.Write(ref writer, args->Rewards, column, shard.Tokens, args->RewardMap, row, row + 1);
        TokenTiltForm.WriteMask(ref writer, in part, row, row + 1);
        TokenTiltForm.WriteSparse(ref writer, in part, row, row + 1);
        TokenTiltForm.WritePerRow(ref writer, in part, row, row + 1);
        fixed (byte* states = rowStates)
        {
            writer.Values(states, rowStates == null ? 0 : row * WholeStateBytes, rowStates == null ? 0 : WholeStateBytes);
        }
    }

    public override void Read(ref PartReader reader, long first, long end)
    {
        byte[] all = results[first % shards.Length];
        int each = all.Length / (int)rows;
        reader.Values<byte>(each).CopyTo(all.AsSpan((int)(first / shards.Length) * each));
    }

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit, bool draws)
    {
        var reader = new PartReader(payload);
        Place place = reader.Scalar<Place>();
        var shard = new TokenShard(place.FirstToken, place.Tokens, place.Vocabulary);
        var form = reader.Scalar<TokenTiltForm>();
        TokenMatrix logits = TokenMatrices.Read(ref reader, form.LogitElement, form.Rows, form.Columns);
        TokenTiltOptions options = form.Options(ref reader, isWhole: false);
        long bytes = form.Rows * (long)(draws ? TokenShard.PickBytes(options) : shard.StateBytes);
        var measure = default(PartWriter);
        measure.Place<byte>(true, bytes);
        PartWriter writer = measure.Allocate(limit);
        Span<byte> result = writer.Place<byte>(true, bytes);
        if (draws)
        {
            SkipTruncations(ref reader);
            engine.DrawShard(shard, logits, options, reader.Values<byte>(), result);
        }
        else
        {
            engine.SumShard(shard, logits, options, result);
        }

        return writer.Buffer;
    }

    /// <summary>What shards do not have, and rows write: see <see cref="TokenTiltForm.WritePerRow"/>.</summary>
    private static void SkipTruncations(ref PartReader reader)
    {
        const int Truncations = 4;
        for (int i = 0; i < Truncations; i++)
        {
            reader.Values<byte>(0);
        }
    }

    private struct Place
    {
        public int FirstToken;
        public int Tokens;
        public int Vocabulary;
    }
}
