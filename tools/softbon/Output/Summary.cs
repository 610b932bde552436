using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Output;

/// <summary>What all lines of a run come to together.</summary>
/// <param name="countDuplicates">Whether ids are kept (16 bytes each) to count those that come again.</param>
internal sealed class Summary(bool countDuplicates)
{
    private readonly HashSet<TextKey> _ids = [];
    private double _reward;
    private double _kl;
    private double _ess;

    /// <summary>Lines, unreadable ones included.</summary>
    public long Lines { get; private set; }

    public long Unreadable { get; private set; }

    /// <summary>Lines whose row has no result.</summary>
    public long WithoutResult => Lines - Unreadable - WithResult;

    public long WithResult { get; private set; }

    /// <summary>Lines whose id came before; they share its noise.</summary>
    public long DuplicateIds { get; private set; }

    public double MeanReward => _reward / WithResult;

    /// <summary>In nats.</summary>
    public double MeanKl => _kl / WithResult;

    /// <summary>In candidates.</summary>
    public double MeanEffectiveSampleSize => _ess / WithResult;

    public void AddUnreadable()
    {
        Lines++;
        Unreadable++;
    }

    /// <summary>Adds an entry of a batch that was computed.</summary>
    public void Add(RowBatch batch, BatchEntry entry, IRowWork work)
    {
        if (entry.Error is null)
        {
            Add(entry.IdText.In(batch.Text), work.View(batch, entry.Row));
        }
        else
        {
            AddUnreadable();
        }
    }

    public void Add(ReadOnlySpan<byte> id, in RowView row)
    {
        Lines++;
        if (countDuplicates && !_ids.Add(TextKey.Of(id)))
        {
            DuplicateIds++;
        }

        if (row.Status.HasResult)
        {
            WithResult++;
            _reward += row.Reward;
            _kl += row.KlToUniform;
            _ess += row.EffectiveSampleSize;
        }
    }
}
