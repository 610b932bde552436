using System.Text;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Output;

/// <summary>Reads a batch, computes it, writes it, and so on to the end of the input.</summary>
/// <param name="source">Where rows come from.</param>
/// <param name="work">What is done with them.</param>
/// <param name="lines">Where lines of JSON go; null for none.</param>
/// <param name="table">What shows rows to people; null for nothing.</param>
internal sealed class BatchPump(IRowSource source, IRowWork work, OutputSink? lines, ResultTable? table)
{
    private const int WriteAt = 1 << 20;

    private readonly JsonLine _line = new();

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

            Send();
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
            Write(batch, entry);
        }
    }

    private void Write(RowBatch batch, BatchEntry entry)
    {
        _line.Begin();
        _line.Name("id"u8).Raw(entry.Id.IsNone ? "null"u8 : entry.Id.In(batch.Text));
        if (entry.Error is null)
        {
            work.Write(batch, entry.Row, _line);
        }
        else
        {
            _line.Name("status"u8).String(Encoding.UTF8.GetBytes(StatusText.Unreadable));
            _line.Name("error"u8).String(Encoding.UTF8.GetBytes(entry.Error));
        }

        _line.End();
        if (_line.Text.Length >= WriteAt)
        {
            Send();
        }
    }

    private void Send()
    {
        lines?.Write(_line.Text);
        _line.Clear();
    }
}
