namespace SoftBoN.Kernels.Ops;

/// <summary>One row in device memory.</summary>
internal struct KernelRow
{
    /// <summary>The row's number in the batch.</summary>
    public long Number;

    /// <summary>Whether there is such a row; a thread without one goes along with its group, and writes nothing.</summary>
    public bool Exists;

    /// <summary>The place of the first reward.</summary>
    public long Start;

    public int Length;

    /// <summary>The place of the first candidate in packed views.</summary>
    public long Packed;

    /// <summary>Whether rewards lie side by side.</summary>
    public bool IsDense;

    /// <summary>Whether rewards can be loaded four at a time.</summary>
    public bool IsAligned;

    /// <summary>Whether packed views can be read and written four at a time, if they themselves are aligned.</summary>
    public readonly bool IsPackedAligned => (Packed & 3) == 0;

    public readonly int Segments<TTeam>()
        where TTeam : struct, ITeam
    {
        if (!TTeam.TakesAnyLength)
        {
            return 1;
        }

        int segments = (int)(((long)Length + Numerics.CanonicalSum.SegmentLength - 1) / Numerics.CanonicalSum.SegmentLength);
        return segments > 0 ? segments : 1;
    }
}

/// <content>How kernels read rows.</content>
internal partial struct KernelRows
{
    /// <summary>The number of rows that this launch is for.</summary>
    public readonly long Slots => IsOrdered != 0 ? BinStarts[EndBin] - BinStarts[FirstBin] : Count;

    /// <summary>The row that is in a slot of this launch.</summary>
    public readonly KernelRow At(long slot)
    {
        KernelRow row = default;
        if (slot >= Slots)
        {
            return row;
        }

        row.Exists = true;
        row.Number = IsOrdered != 0 ? Order[BinStarts[FirstBin] + slot] : slot;
        Locate(ref row);
        row.IsAligned = IsAligned != 0 && row.IsDense && (row.Start & 3) == 0;
        return row;
    }

    /// <summary>A row's length.</summary>
    public readonly int LengthOf(long row) => (RowLayout)Layout switch
    {
        RowLayout.Strided => Columns,
        RowLayout.Ragged => (int)(Starts[row + 1] - Starts[row]),
        _ => Lengths[row],
    };

    /// <summary>Four rewards of a row; -infinity past its end.</summary>
    public readonly Quad Load(in KernelRow row, int element)
    {
        if (row.IsDense)
        {
            return Quad.Load(Values, row.Start, element, row.Length, row.IsAligned, float.NegativeInfinity);
        }

        long at = row.Start + (element * ColumnStride);
        float none = float.NegativeInfinity;
        return new Quad(
            element < row.Length ? Values[at] : none,
            element + 1 < row.Length ? Values[at + ColumnStride] : none,
            element + 2 < row.Length ? Values[at + (2 * ColumnStride)] : none,
            element + 3 < row.Length ? Values[at + (3 * ColumnStride)] : none);
    }

    /// <summary>One reward of a row.</summary>
    public readonly float One(in KernelRow row, int element) => Values[row.Start + (row.IsDense ? element : element * ColumnStride)];

    private readonly void Locate(ref KernelRow row)
    {
        if ((RowLayout)Layout == RowLayout.Strided)
        {
            row.Start = row.Number * RowStride;
            row.IsDense = ColumnStride == 1;
            row.Length = Columns;
            row.Packed = row.Number * Columns;
        }
        else
        {
            row.Start = Starts[row.Number];
            row.IsDense = true;
            row.Length = LengthOf(row.Number);
            row.Packed = (RowLayout)Layout == RowLayout.Ragged ? row.Start - Starts[0] : PackedStarts[row.Number];
        }
    }
}
