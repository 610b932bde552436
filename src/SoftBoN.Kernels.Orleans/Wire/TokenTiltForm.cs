using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>What a token tilt is told besides its logits, and what it returns, on their way.</summary>
internal unsafe struct TokenTiltForm
{
    public int Rows;
    public int Columns;
    public TokenElement LogitElement;
    private TokenElement rewardElement;
    private TokenElement tiltedElement;
    private TokenElement probabilityElement;
    private bool hasRewards;
    private bool isMaskShared;
    private LambdaForm lambda;
    private float temperature;
    private float topP;
    private float minP;
    private float topNSigma;
    private float leastLogit;
    private int topK;
    private TokenTiltMode mode;
    private TokenNoise noise;
    private int draws;
    private int proposals;
    private int top;
    private ulong seed;
    private ulong position;
    private uint wanted;

    /// <summary>What is wanted, a bit each.</summary>
    [Flags]
    private enum Wanted : uint
    {
        Token = 1 << 0,
        Rank = 1 << 1,
        LogProbability = 1 << 2,
        BaseLogProbability = 1 << 3,
        ModelLogProbability = 1 << 4,
        TopToken = 1 << 5,
        TopLogProbability = 1 << 6,
        TiltedLogits = 1 << 7,
        Probabilities = 1 << 8,
        LeastKept = 1 << 9,
        LogSumExp = 1 << 10,
        BaseLogSumExp = 1 << 11,
        Kl = 1 << 12,
        EffectiveSampleSize = 1 << 13,
        Status = 1 << 14,
    }

    /// <summary>Bytes of a row's message, without a mask that rows share.</summary>
    public static long RowBytes(in TokenTiltArgs args, long row)
    {
        const int PerRow = 64;
        long source = args.SourceRow(row);
        long sparse = args.SparseStarts == null ? 0 : args.SparseStarts[source + 1] - args.SparseStarts[source];
        return PerRow
            + TokenMatrices.RowBytes(args.Logits, args.Columns)
            + TokenMatrices.RowBytes(args.Rewards, args.Columns)
            + (args.MaskStride == 0 ? 0 : MaskBytes(in args))
            + (sparse * (sizeof(int) + sizeof(float)));
    }

    /// <summary>Bytes of a row's mask.</summary>
    public static long MaskBytes(in TokenTiltArgs args) => args.Mask == null ? 0 : WordsOf(args.Columns) * (long)sizeof(uint);

    public static int WordsOf(int columns) => (columns + 31) / 32;

    /// <summary>Writes what is one for all rows.</summary>
    public static void Write(ref PartWriter writer, in TokenTiltArgs args, long first, long end) => writer.Scalar(new TokenTiltForm
    {
        Rows = (int)(end - first),
        Columns = args.Columns,
        LogitElement = args.Logits.Element,
        rewardElement = args.Rewards.Element,
        tiltedElement = args.TiltedLogits.Element,
        probabilityElement = args.Probabilities.Element,
        hasRewards = args.Rewards.Values != null,
        isMaskShared = args.MaskStride == 0,
        lambda = LambdaForm.Of(in args.Lambda),
        temperature = args.Temperature.Scalar,
        topP = args.TopP.Scalar,
        minP = args.MinP.Scalar,
        topNSigma = args.TopNSigma.Scalar,
        leastLogit = args.LeastLogit.Scalar,
        topK = args.TopK.Scalar,
        mode = args.Mode.Scalar,
        noise = args.Noise,
        draws = args.Draws,
        proposals = args.Proposals,
        top = args.Top,
        seed = args.Seed.Scalar,
        position = args.Position.Scalar,
        wanted = WantedOf(in args),
    });

    /// <summary>Writes masks: one that rows share, or each row's own.</summary>
    public static void WriteMask(ref PartWriter writer, in TokenTiltArgs args, long first, long end)
    {
        int words = WordsOf(args.Columns);
        if (args.Mask == null || args.MaskStride == 0)
        {
            writer.Values(args.Mask, 0, words);
            return;
        }

        if (writer.Reserve((end - first) * words, out Span<uint> place))
        {
            for (long row = first; row < end; row++)
            {
                new ReadOnlySpan<uint>(args.Mask + (args.SourceRow(row) * args.MaskStride), words)
                    .CopyTo(place[(int)((row - first) * words)..]);
            }
        }
    }

    /// <summary>Writes sparse rewards: where rows begin, their tokens, their values.</summary>
    public static void WriteSparse(ref PartWriter writer, in TokenTiltArgs args, long first, long end)
    {
        bool isGiven = args.SparseStarts != null;
        long count = 0;
        for (long row = first; row < end && isGiven; row++)
        {
            count += LengthOf(in args, row);
        }

        bool writes = writer.Reserve(isGiven ? end - first + 1 : 0, out Span<long> starts);
        writer.Reserve(count, out Span<int> tokens);
        writer.Reserve(count, out Span<float> values);
        for (long row = first; row < end && isGiven && writes; row++)
        {
            int at = (int)starts[(int)(row - first)];
            int length = LengthOf(in args, row);
            long from = args.SparseStarts[args.SourceRow(row)];
            new ReadOnlySpan<int>(args.SparseTokens + from, length).CopyTo(tokens[at..]);
            new ReadOnlySpan<float>(args.SparseValues + from, length).CopyTo(values[at..]);
            starts[(int)(row - first) + 1] = at + length;
        }
    }

    /// <summary>Writes what each row has of its own.</summary>
    public static void WritePerRow(ref PartWriter writer, in TokenTiltArgs args, long first, long end)
    {
        long rows = end - first;
        writer.Values(args.Lambda.Values.Values, first, rows);
        writer.Values(args.Temperature.Values, first, rows);
        writer.Values(args.LeastLogit.Values, first, rows);
        writer.Values(args.Mode.Values, first, rows);
        writer.Values(args.Seed.Values, first, rows);
        PartCall.WritePositions(ref writer, args.Position.Values, args.PositionIsRow, first, end);
        writer.Values(args.TopK.Values, first, rows);
        writer.Values(args.TopP.Values, first, rows);
        writer.Values(args.MinP.Values, first, rows);
        writer.Values(args.TopNSigma.Values, first, rows);
    }

    /// <summary>Reads what follows the logits.</summary>
    /// <param name="reader">Reads the message.</param>
    /// <param name="isWhole">Whether rows are whole, and not shards, of which truncations cannot be asked.</param>
    public readonly TokenTiltOptions Options(ref PartReader reader, bool isWhole)
    {
        TokenMatrix rewards = hasRewards ? TokenMatrices.Read(ref reader, rewardElement, Rows, Columns) : default;
        if (!hasRewards)
        {
            reader.Values<byte>(0);
        }

        ReadOnlySpan<uint> mask = reader.Values<uint>();
        ReadOnlySpan<long> starts = reader.Values<long>();
        ReadOnlySpan<int> tokens = reader.Values<int>();
        ReadOnlySpan<float> values = reader.Values<float>();
        Lambda lambdas = lambda.Read(ref reader);
        PerRow<float> temperatures = reader.PerRow(temperature);
        PerRow<float> leastLogits = reader.PerRow(leastLogit);
        PerRow<TokenTiltMode> modes = reader.PerRow(mode);
        PerRow<ulong> seeds = reader.PerRow(seed);
        PerRow<ulong> positions = reader.PerRow(position);
        return new TokenTiltOptions
        {
            Rewards = rewards,
            Mask = mask.IsEmpty ? default
                : isMaskShared ? TokenMask.Shared(mask) : TokenMask.PerRow(mask, WordsOf(Columns)),
            SparseRewards = starts.IsEmpty ? default : new SparseTokenRewards(starts, tokens, values),
            Lambda = lambdas,
            Temperature = temperatures,
            LeastLogit = leastLogits,
            Mode = modes,
            Seed = seeds,
            Position = positions,
            TopK = isWhole ? reader.PerRow(topK) : default,
            TopP = isWhole ? reader.PerRow(topP) : default,
            MinP = isWhole ? reader.PerRow(minP) : default,
            TopNSigma = isWhole ? reader.PerRow(topNSigma) : default,
            Noise = noise,
            Draws = draws,
            Proposals = proposals,
            Top = top,
        };
    }

    /// <summary>Places for the results.</summary>
    public readonly TokenTiltOutputs Outputs(ref PartWriter writer)
    {
        long perDraw = (long)Rows * draws;
        long perTop = (long)Rows * top;
        return new TokenTiltOutputs
        {
            Token = writer.Place<int>(Wants(Wanted.Token), perDraw),
            Rank = writer.Place<int>(Wants(Wanted.Rank), perDraw),
            LogProbability = writer.Place<float>(Wants(Wanted.LogProbability), perDraw),
            BaseLogProbability = writer.Place<float>(Wants(Wanted.BaseLogProbability), perDraw),
            ModelLogProbability = writer.Place<float>(Wants(Wanted.ModelLogProbability), perDraw),
            TopToken = writer.Place<int>(Wants(Wanted.TopToken), perTop),
            TopLogProbability = writer.Place<float>(Wants(Wanted.TopLogProbability), perTop),
            TiltedLogits = TokenMatrices.Place(ref writer, Wants(Wanted.TiltedLogits), tiltedElement, Rows, Columns),
            Probabilities = TokenMatrices.Place(ref writer, Wants(Wanted.Probabilities), probabilityElement, Rows, Columns),
            LeastKept = writer.Place<float>(Wants(Wanted.LeastKept), Rows),
            LogSumExp = writer.Place<float>(Wants(Wanted.LogSumExp), Rows),
            BaseLogSumExp = writer.Place<float>(Wants(Wanted.BaseLogSumExp), Rows),
            Kl = writer.Place<float>(Wants(Wanted.Kl), Rows),
            EffectiveSampleSize = writer.Place<float>(Wants(Wanted.EffectiveSampleSize), Rows),
            Status = writer.Place<RowStatus>(Wants(Wanted.Status), Rows),
        };
    }

    private readonly bool Wants(Wanted output) => ((Wanted)wanted & output) != 0;

    private static int LengthOf(in TokenTiltArgs args, long row)
    {
        long source = args.SourceRow(row);
        return (int)(args.SparseStarts[source + 1] - args.SparseStarts[source]);
    }

    private static uint WantedOf(in TokenTiltArgs args)
    {
        ReadOnlySpan<bool> wanted =
        [
            args.Token != null, args.Rank != null, args.LogProbability != null, args.BaseLogProbability != null,
            args.ModelLogProbability != null, args.TopToken != null, args.TopLogProbability != null,
            args.TiltedLogits.Values != null, args.Probabilities.Values != null, args.LeastKept != null,
            args.LogSumExp != null, args.BaseLogSumExp != null, args.Kl != null, args.EffectiveSampleSize != null,
            args.Status != null,
        ];
        uint bits = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            bits |= wanted[i] ? 1u << i : 0;
        }

        return bits;
    }
}
