using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>A selection: its message, and what a silo does with it.</summary>
internal sealed unsafe class SelectionPart(SelectionArgs* args) : PartCall
{
    public override PartOperation Operation => PartOperation.Select;

    public override long Rows => args->Rows.Count;

    public override long RowBytes(long row)
    {
        const int OutputsPerDraw = 4;
        long candidates = RowLayouts.LengthOf(in args->Rows, row);
        long perRow = sizeof(float) + (2 * sizeof(ulong));
        long message = RowLayouts.BytesOf(in args->Rows, row) + perRow
            + (args->Offsets == null ? 0 : candidates * sizeof(float))
            + (args->Elements == null ? 0 : candidates * sizeof(uint));
        return Math.Max(message, perRow + ((long)args->Draws * OutputsPerDraw * sizeof(float)));
    }

    public override void Write(ref PartWriter writer, long first, long end)
    {
        RowLayouts.Write(ref writer, in args->Rows, first, end);
        SelectionForm.Write(ref writer, in *args, first, end);
    }

    public override void Read(ref PartReader reader, long first, long end) =>
        SelectionForm.CopyResults(ref reader, in *args, first, end);

    /// <summary>Does what a message asks for, and writes its results, of so many bytes at most.</summary>
    public static byte[] Run(SoftBonEngine engine, byte[] payload, int limit)
    {
        var reader = new PartReader(payload);
        Rows rows = RowLayouts.Read(ref reader, out ReadOnlySpan<float> rewards, out _);
        SelectionOptions options = SelectionForm.Read(ref reader, out SelectionForm form);
        var measure = default(PartWriter);
        form.Outputs(ref measure, rows.Count);
        PartWriter writer = measure.Allocate(limit);
        engine.Select(rewards, rows, options, form.Outputs(ref writer, rows.Count));
        return writer.Buffer;
    }
}
