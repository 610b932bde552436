using System.Text;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Output;

/// <summary>Writes entries of batches as lines of JSON.</summary>
internal sealed class LineWriter(OutputSink sink)
{
    private const int WriteAt = 1 << 20;

    private readonly JsonLine _line = new();

    public void Write(RowBatch batch, BatchEntry entry, IRowWork work)
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

    /// <summary>Hands out the lines so far.</summary>
    public void Send()
    {
        sink.Write(_line.Text);
        _line.Clear();
    }
}
