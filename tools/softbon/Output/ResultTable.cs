using System.Globalization;
using System.Text;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;
using Spectre.Console;

namespace SoftBoN.Tool.Output;

/// <summary>
/// The first rows of a run as a table, and its summary; memory stays bounded whatever the input's length.
/// </summary>
internal sealed class ResultTable(RowHeads heads)
{
    private const int MostRows = 100;
    private const int WidestText = 40;

    private readonly Table _table = Tables.Create(
        "id", heads.Index, heads.Candidate, heads.Reward, "lambda", "ess", "kl", "status");

    public void Add(RowBatch batch, BatchEntry entry, in RowView view)
    {
        if (_table.Rows.Count < MostRows)
        {
            _table.AddTextRow(
                Show(entry.IdText, batch),
                view.Index < 0 ? "-" : view.Index.ToString(CultureInfo.InvariantCulture),
                Show(view.Candidate, batch),
                Tables.Number(view.Reward),
                Tables.Number(view.Lambda),
                Tables.Number(view.EffectiveSampleSize),
                Tables.Number(view.KlToUniform),
                view.Status.Text);
        }
    }

    public void AddUnreadable(RowBatch batch, BatchEntry entry)
    {
        if (_table.Rows.Count < MostRows)
        {
            _table.AddTextRow(
                Show(entry.IdText, batch), "-", "-", "-", "-", "-", "-", $"{StatusText.Unreadable}: {entry.Error}");
        }
    }

    public void Write(IAnsiConsole console, Summary summary, TimeSpan elapsed)
    {
        console.Write(_table);
        if (summary.Lines > MostRows)
        {
            console.WriteLine($"… and {Tables.Count(summary.Lines - MostRows)} more");
        }

        Table totals = Tables.Create("summary", "");
        totals.AddTextRow("lines", Tables.Count(summary.Lines));
        totals.AddTextRow("unreadable", Tables.Count(summary.Unreadable));
        totals.AddTextRow("without a result", Tables.Count(summary.WithoutResult));
        totals.AddTextRow("duplicate ids (share noise)", Tables.Count(summary.DuplicateIds));
        totals.AddTextRow("mean reward", Tables.Number(summary.MeanReward));
        totals.AddTextRow("mean KL to uniform, nats", Tables.Number(summary.MeanKl));
        totals.AddTextRow("mean effective sample size", Tables.Number(summary.MeanEffectiveSampleSize));
        totals.AddTextRow("lines per second", Tables.Count((long)(summary.Lines / elapsed.TotalSeconds)));
        console.Write(totals);
    }

    private static string Show(TextRange range, RowBatch batch)
    {
        if (range.IsNone)
        {
            return "-";
        }

        string text = Encoding.UTF8.GetString(range.In(batch.Text)).Trim('"');
        return text.Length <= WidestText ? text : text[..(WidestText - 1)] + "…";
    }
}
