using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels;

/// <content>Reward heads.</content>
internal sealed unsafe partial class HostQueue
{
    public override void Run(in RewardScoringRequest request, ref BufferHolds holds)
    {
        int* map = At(request.Options.RowMap);
        int[] cleaned = FirstAbsent(in request, map) < request.Rows ? Cleaned(in request, map) : [];
        fixed (int* cleanMap = cleaned)
        {
            var args = new RewardScoringArgs
            {
                Hidden = At(request.Hidden),
                Dimension = request.Hidden.Columns,
                RowMap = cleaned.Length > 0 ? cleanMap : map,
                Weights = At(request.Head.Weights),
                Heads = request.Head.Weights.Rows,
                Bias = At(request.Head.Bias),
                Mixture = At(request.Options.Mixture),
                Gating = At(request.Options.Gating),
                GatingStride = request.Head.Weights.Rows,
                Scores = At(request.Outputs.Scores),
                Reward = At(request.Outputs.Reward),
                Status = At(request.Outputs.Status),
            };
            long elements = request.Rows * (long)args.Dimension;
            core.Run(in args, request.Rows, new CallSize(elements, elements * args.Heads), CancellationToken.None);
            for (int row = 0; row < cleaned.Length; row++)
            {
                if (!IsThere(map[row], request.Hidden.Rows))
                {
                    WriteAbsent(in args, row);
                }
            }
        }
    }

    private static bool IsThere(int source, int rows) => source >= 0 && source < rows;

    /// <summary>The first row whose map names no row of hidden values; as many as there are rows where all do.</summary>
    private static int FirstAbsent(in RewardScoringRequest request, int* map)
    {
        int row = map == null ? request.Rows : 0;
        while (row < request.Rows && IsThere(map[row], request.Hidden.Rows))
        {
            row++;
        }

        return row;
    }

    /// <summary>The map, with some row in place of those that there are not.</summary>
    private static int[] Cleaned(in RewardScoringRequest request, int* map)
    {
        int[] cleaned = new int[request.Rows];
        for (int row = 0; row < cleaned.Length; row++)
        {
            cleaned[row] = IsThere(map[row], request.Hidden.Rows) ? map[row] : 0;
        }

        return cleaned;
    }

    private static void WriteAbsent(in RewardScoringArgs args, long row)
    {
        float none = Bits.ToFloat(Bits.NoResult);
        if (args.Scores != null)
        {
            new Span<float>(args.Scores + (row * args.Heads), args.Heads).Fill(none);
        }

        if (args.Reward != null)
        {
            args.Reward[row] = none;
        }

        if (args.Status != null)
        {
            args.Status[row] = RowStatus.Empty;
        }
    }
}
