using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Output;

/// <summary>Reads a batch, computes it, writes it, and so on to the end of the input.</summary>
/// <param name="source">Where rows come from.</param>
/// <param name="work">What is done with them.</param>
/// <param name="lines">Where lines of JSON go; null for none.</param>
/// <param name="table">What shows rows to people; null for nothing.</param>
internal sealed class BatchPump(IRowSource source, IRowWork work, LineWriter? lines, ResultTable? table)
{
    public ResultTable? Table => table;

    public Summary Summary { get; } = new(countDuplicates: table is not null);

    public void Run(BatchLimits limits, Progress progress, CancellationToken cancellationToken)
    {
        var batch = new RowBatch(limits);
        while (source.Read(batch))
        {
            work.Compute(batch, cancellationToken);
            foreach (BatchEntry entry in batch.Entries)
            {
                Finish(batch, entry);
            }

            lines?.Send();
            progress.Report(Summary.Lines);
        }

        progress.Erase();
    }

    private void Finish(RowBatch batch, BatchEntry entry)
    {
        if (entry.Error is null)
        {
            RowView view = work.View(batch, entry.Row);
            Summary.Add(entry.IdText.In(batch.Text), view);
            table?.Add(batch, entry, view);
        }
        else
        {
            Summary.AddUnreadable();
            table?.AddUnreadable(batch, entry);
        }

        if (lines is not null)
        {
            lines.Write(batch, entry, work);
        }
    }
}
