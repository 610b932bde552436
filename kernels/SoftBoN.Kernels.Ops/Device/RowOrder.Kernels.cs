using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <content>The kernels.</content>
internal static partial class RowOrder
{
    /// <summary>Counts the rows of each bin.</summary>
    public static void Count(RowOrderArgs args)
    {
        ArrayView<int> counts = SharedMemory.Allocate<int>(Bins);
        Clear(counts);
        for (long row = Grid.GlobalLinearIndex; row < args.Rows.Count; row += (long)Grid.DimX * Group.DimX)
        {
            Atomic.Add(ref counts[BinOf(args.Rows.LengthOf(row))], 1);
        }

        DeviceIntrinsics.Barrier();
        if (Group.IdxX < Bins && counts[Group.IdxX] > 0)
        {
            Atomic.Add(ref args.Counts[Group.IdxX], counts[Group.IdxX]);
        }
    }

    /// <summary>Writes the rows' numbers, bin by bin, and where the bins start.</summary>
    public static void Scatter(RowOrderArgs args)
    {
        ArrayView<int> counts = SharedMemory.Allocate<int>(Bins);
        ArrayView<int> starts = SharedMemory.Allocate<int>(Bins);
        long step = (long)Grid.DimX * Group.DimX;
        for (long first = (long)Grid.IdxX * Group.DimX; first < args.Rows.Count; first += step)
        {
            Clear(counts);
            long row = first + Group.IdxX;
            bool exists = row < args.Rows.Count;
            int bin = exists ? BinOf(args.Rows.LengthOf(row)) : 0;
            int place = exists ? Atomic.Add(ref counts[bin], 1) : 0;
            DeviceIntrinsics.Barrier();
            if (Group.IdxX < Bins)
            {
                int taken = Atomic.Add(ref args.Taken[Group.IdxX], counts[Group.IdxX]);
                starts[Group.IdxX] = StartOf(in args, Group.IdxX) + taken;
            }

            DeviceIntrinsics.Barrier();
            if (exists)
            {
                args.Rows.Order[starts[bin] + place] = row;
            }

            DeviceIntrinsics.Barrier();
        }

        if (Grid.IdxX == 0 && Group.IdxX <= Bins)
        {
            args.Rows.BinStarts[Group.IdxX] = StartOf(in args, Group.IdxX);
        }
    }

    private static void Clear(ArrayView<int> counts)
    {
        if (Group.IdxX < Bins)
        {
            counts[Group.IdxX] = 0;
        }

        DeviceIntrinsics.Barrier();
    }

    private static int StartOf(in RowOrderArgs args, int bin)
    {
        int start = 0;
        for (int i = 0; i < bin; i++)
        {
            start += args.Counts[i];
        }

        return start;
    }
}
