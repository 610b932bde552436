using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Linear reward heads and the hidden values of some rows, on their way.</summary>
internal struct HeadForm
{
    public int Rows;
    public int Heads;
    private int dimension;
    private TokenElement hiddenElement;
    private TokenElement weightElement;

    /// <summary>Bytes of the heads.</summary>
    public static unsafe long Bytes(in RewardScoringArgs args) =>
        (args.Heads * (TokenMatrices.RowBytes(args.Weights, args.Dimension) + (2 * sizeof(float)))) + 256;

    /// <summary>Bytes of a row's hidden values and shares.</summary>
    public static unsafe long RowBytes(in RewardScoringArgs args) =>
        TokenMatrices.RowBytes(args.Hidden, args.Dimension) + (args.Gating == null ? 0 : args.Heads * (long)sizeof(float));

    public static unsafe void Write(ref PartWriter writer, in RewardScoringArgs args, long first, long end)
    {
        writer.Scalar(new HeadForm
        {
            Rows = (int)(end - first),
            Heads = args.Heads,
            dimension = args.Dimension,
            hiddenElement = args.Hidden.Element,
            weightElement = args.Weights.Element,
        });
        TokenMatrices.Write(ref writer, args.Hidden, 0, args.Dimension, args.RowMap, first, end);
        TokenMatrices.Write(ref writer, args.Weights, 0, args.Dimension, null, 0, args.Heads);
        writer.Values(args.Bias, 0, args.Heads);
        writer.Values(args.Mixture, 0, args.Heads);
        if (writer.Reserve(args.Gating == null ? 0 : (end - first) * args.Heads, out Span<float> shares)
            && args.Gating != null)
        {
            for (long row = first; row < end; row++)
            {
                new ReadOnlySpan<float>(args.Gating + (row * args.GatingStride), args.Heads)
                    .CopyTo(shares[(int)((row - first) * args.Heads)..]);
            }
        }
    }

    public static HeadForm Read(
        ref PartReader reader, out TokenMatrix hidden, out RewardHead head, out RewardScoringOptions options)
    {
        HeadForm form = reader.Scalar<HeadForm>();
        hidden = TokenMatrices.Read(ref reader, form.hiddenElement, form.Rows, form.dimension);
        head = new RewardHead
        {
            Weights = TokenMatrices.Read(ref reader, form.weightElement, form.Heads, form.dimension),
            Bias = reader.Values<float>(),
        };
        options = new RewardScoringOptions { Mixture = reader.Values<float>(), Gating = reader.Values<float>() };
        return form;
    }
}
