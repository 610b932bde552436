using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One pruned pick of each of <see cref="PlainRows"/>, step by step for a group of rows.</summary>
internal static unsafe partial class SelectionOp
{
    private static void RunPlain(
        in SelectionArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        float* max = stackalloc float[PlainRows.MostRows];
        float* sums = stackalloc float[PlainRows.MostRows];
        int* open = stackalloc int[PlainRows.MostRows];
        float* reached = stackalloc float[PlainRows.MostRows];
        bool second = args.Margin != null;
        bool isDirect = args.Rows.Columns <= LongestDirectRow;
        int padded = isDirect && IsWholeVectors(in args) ? args.Rows.Columns : VectorRow.RoundUp(args.Rows.Columns);
        int groupSize = PlainRows.GroupSize(padded);
        new Span<float>(sums, PlainRows.MostRows).Clear();
        scratch.Reserve(groupSize * padded);
        for (long row = first; row < end; row += groupSize)
        {
            int count = (int)Math.Min(groupSize, end - row);
            float* values = PlainRows.Load(in args.Rows, row, count, padded, scratch.Keys, out long stride);
            if (!PlainRows.LookAt(values, stride, padded, count, in scale, max))
            {
                RunAny(in args, row, row + count, canPrune: true, scratch);
                continue;
            }

            if (args.LogProbability != null)
            {
                PlainRows.MakeExps(in scale, values, stride, scratch.Exps, padded, count, max);
                PlainRows.Sum(scratch.Exps, padded, count, sums);
            }

            var rows = new PlainGroup(values, stride, in scale, max, sums);
            MakeWords(in args, row, count, isDirect ? args.Rows.Columns : padded, scratch);
            if (isDirect)
            {
                PickDirectly(in args, row, count, in rows, padded, scratch);
                PlainRows.WriteLambda(args.LambdaUsed, row, count, lambda.Magnitude);
                PlainRows.WriteOk(args.Status, row, count);
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                PlainPrunedRow plain = rows[i];
                uint* words = scratch.Words + (i * padded);
                float* uppers = scratch.X + (i * padded);
                reached[i] = LaneFold.HasWide
                    ? WideBound(in plain, words, uppers, padded, rows.DistanceOfNext(count), second)
                    : Bound(in plain, 0, words, uppers, padded, second);
            }

            int openCount = 0;
            for (int i = 0; i < count; i++)
            {
                PlainPrunedRow plain = rows[i];
                bool isFound = scratch.Survivors.Collect(
                    in args,
                    row + i,
                    in plain,
                    new BoundedKeys(scratch.Words + (i * padded), scratch.X + (i * padded), padded, reached[i]));
                open[openCount] = i;
                openCount += isFound ? 0 : 1;
            }

            // These use the memory of the group, which is done with.
            for (int i = 0; i < openCount; i++)
            {
                RunAny(in args, row + open[i], row + open[i] + 1, canPrune: false, scratch);
            }

            PlainRows.WriteLambda(args.LambdaUsed, row, count, lambda.Magnitude);
            PlainRows.WriteOk(args.Status, row, count);
        }
    }

    /// <summary>The words of some rows, one behind the other.</summary>
    private static void MakeWords(in SelectionArgs args, long row, int count, int stride, RowScratch scratch)
    {
        if (Philox4x32.CanFillRows && stride <= Philox4x32.WordsOfShortRow && args.Seed.Values == null)
        {
            WordsOfShortRows(in args, row, count, stride, scratch);
        }
        else
        {
            WordsOfRows(in args, row, count, stride, scratch);
        }
    }

    [MethodImpl(HotLoop)]
    private static void WordsOfRows(in SelectionArgs args, long row, int count, int stride, RowScratch scratch)
    {
        for (int i = 0; i < count; i++)
        {
            // The last step of one row's words may overhang into the next row's, which are made after.
            scratch.Schedule.Set(args.KeyOf(row + i, 0));
            Philox4x32.Fill(scratch.Words + (i * stride), in scratch.Schedule, 0, stride);
        }
    }

    /// <summary>The same of very short rows, several rows at a time.</summary>
    private static void WordsOfShortRows(in SelectionArgs args, long row, int count, int stride, RowScratch scratch)
    {
        PhiloxHead* heads = stackalloc PhiloxHead[PlainRows.MostRows];
        for (int i = 0; i < count; i++)
        {
            NoiseKey key = args.KeyOf(row + i, 0);
            heads[i].Set(in key);
        }

        scratch.Schedule.Set(args.KeyOf(row, 0));
        Philox4x32.FillRows(scratch.Words, stride, in scratch.Schedule, heads, count);
    }
}
