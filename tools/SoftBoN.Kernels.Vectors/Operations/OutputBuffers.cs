using System.Runtime.InteropServices;
using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>The memory of one call's outputs, as bits; an output that is not wanted has none.</summary>
internal sealed class OutputBuffers
{
    /// <summary>
    /// What outputs hold before the call: no result has these bits, so a value that was not written shows.
    /// </summary>
    private const uint Unwritten = 0xdeadbeef;

    private readonly Operation operation;
    private readonly VectorBatch batch;
    private readonly uint[][] bits;
    private readonly RowStatus[] status;

    /// <param name="operation">Whose outputs.</param>
    /// <param name="batch">For which inputs.</param>
    /// <param name="wanted">Bit i is set where output i is wanted.</param>
    public OutputBuffers(Operation operation, VectorBatch batch, uint wanted)
    {
        this.operation = operation;
        this.batch = batch;
        Wanted = wanted;
        bits = [.. operation.Outputs.Select((output, i) => Wants(i) ? new uint[output.CountFor(batch)] : [])];
        status = Wants(operation.StatusOutput) ? new RowStatus[batch.Rows.Count] : [];
        foreach (uint[] values in bits)
        {
            values.AsSpan().Fill(Unwritten);
        }

        status.AsSpan().Fill((RowStatus)byte.MaxValue);
    }

    public uint Wanted { get; }

    /// <summary>The number of values of all outputs.</summary>
    public long Count => bits.Sum(values => (long)values.Length);

    public Span<RowStatus> Status => status;

    public bool Wants(int output) => (Wanted >> output & 1) != 0;

    public Span<float> Floats(int output) => MemoryMarshal.Cast<uint, float>(bits[output].AsSpan());

    public Span<int> Integers(int output) => MemoryMarshal.Cast<uint, int>(bits[output].AsSpan());

    /// <summary>An output's bits; a status is its number.</summary>
    public ReadOnlySpan<uint> Bits(int output)
    {
        if (output == operation.StatusOutput)
        {
            for (int row = 0; row < status.Length; row++)
            {
                bits[output][row] = (uint)status[row];
            }
        }

        return bits[output];
    }

    /// <summary>One row's bits of an output.</summary>
    public ReadOnlySpan<uint> Bits(int output, int row) => Bits(output)[operation.Outputs[output].RangeOf(batch, row)];

    public void AddTo(ref Fnv1a hash)
    {
        for (int output = 0; output < bits.Length; output++)
        {
            hash.Add(Bits(output));
        }
    }

    /// <summary>
    /// An output as lines: outputs per row on one line, others on a line per row where the rows are few.
    /// </summary>
    public string[] Lines(int output)
    {
        OutputSpec spec = operation.Outputs[output];
        return spec.Shape is OutputShape.PerRow or OutputShape.PerToken || batch.Rows.Count > Operation.MostRowsWithLines
            ? [BitLine.Format(Bits(output), spec.IsInteger)]
            :
            [
                .. Enumerable.Range(0, batch.Rows.Count)
                    .Select(row => BitLine.Format(Bits(output, row), spec.IsInteger)),
            ];
    }
}
