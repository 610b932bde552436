using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>One pruned pick of each of <see cref="PlainRows"/>.</summary>
internal static unsafe partial class SelectionOp
{
    [MethodImpl(HotLoop)]
    private static void RunPlain(
        in SelectionArgs args, in RowLambda lambda, long first, long end, RowScratch scratch)
    {
        TiltScale scale = TiltScale.For(lambda.Mode, lambda.Magnitude);
        SoftWeightsSums result = default;
        result.Lambda = lambda.Magnitude;
        float* max = stackalloc float[RowScratch.GroupSize];
        float* reached = stackalloc float[RowScratch.GroupSize];
        int columns = args.Rows.Columns;
        long stride = args.Rows.RowStride;
        scratch.Reserve(RowScratch.GroupSize * columns);
        for (long row = first; row < end; row += RowScratch.GroupSize)
        {
            int count = (int)Math.Min(RowScratch.GroupSize, end - row);
            float* values = args.Rows.Values + (row * stride);
            if (!PlainRows.LookAt(values, stride, columns, count, in scale, max))
            {
                RunAny(in args, row, row + count, canPrune: true, scratch);
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                // The last step of one row's words may overhang into the next row's, which are made after.
                scratch.Schedule.Set(args.KeyOf(row + i, 0));
                Philox4x32.Fill(scratch.Words + (i * columns), in scratch.Schedule, 0, columns);
            }

            for (int i = 0; i < count; i++)
            {
                var tilt = new Tilt(values + (i * stride), scale.Unit, -scale.Unit * max[i], scale.Inverse);
                reached[i] = Bound(in tilt, scratch.Words + (i * columns), scratch.X + (i * columns), columns);
            }

            for (int i = 0; i < count; i++)
            {
                var tilt = new Tilt(values + (i * stride), scale.Unit, -scale.Unit * max[i], scale.Inverse);
                WriteRow(in args, row + i, in result, RowStatus.Ok);
                Survive(
                    in args,
                    row + i,
                    in tilt,
                    scratch.Words + (i * columns),
                    scratch.X + (i * columns),
                    columns,
                    reached[i],
                    scratch.Survivors);
            }
        }
    }

    private static float Bound(in Tilt tilt, uint* words, float* uppers, int length)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> reached = none;
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            Vector<uint> w = Vector.Load(words + i);
            Vector<float> upper = tilt.XAt(i) + GumbelBound.Upper(w);
            upper.Store(uppers + i);
            reached = Vector.MaxNative(reached, Vector.ConditionalSelect(GumbelBound.HasLower(w), upper, none));
        }

        return MathF.Max(LaneOps.MaxLane(reached) - GumbelBound.Gap, Noise.GumbelMin);
    }

    private static void Survive(
        in SelectionArgs args,
        long at,
        in Tilt tilt,
        uint* words,
        float* uppers,
        int length,
        float reached,
        SurvivorBatch survivors)
    {
        if (!survivors.HasRoom(length))
        {
            survivors.Settle(in args);
        }

        survivors.Begin();
        Vector<float> limit = Vector.Create(reached);
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            ulong mask = LaneOps.TopBits(Vector.GreaterThanOrEqual(Vector.Load(uppers + i), limit));
            for (; mask != 0; mask &= mask - 1)
            {
                int candidate = i + BitOperations.TrailingZeroCount(mask);
                survivors.Add(candidate, tilt.XOf(candidate), words[candidate]);
            }
        }

        if (survivors.IsSingle(out int index, out float x))
        {
            WritePick(in args, at, index, tilt.Values[index], x, 0f);
        }
        else
        {
            survivors.End(at, tilt.Values, 1, 0f);
        }
    }

    /// <summary>A plain row at its temperature.</summary>
    private readonly struct Tilt(float* values, float unit, float maxTerm, float inverse)
    {
        public readonly float* Values = values;
        private readonly float unit = unit;
        private readonly float maxTerm = maxTerm;
        private readonly float inverse = inverse;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<float> XAt(int candidate) =>
            Vector.FusedMultiplyAdd(Vector.Load(Values + candidate), Vector.Create(unit), Vector.Create(maxTerm))
            * Vector.Create(inverse);

        public float XOf(int candidate) => Arith.Mul(Arith.Fma(Values[candidate], unit, maxTerm), inverse);
    }
}
