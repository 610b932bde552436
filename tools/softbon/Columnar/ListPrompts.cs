using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>Makes rows of a part's prompts.</summary>
internal interface IPrompts
{
    /// <summary>Refills the batch.</summary>
    /// <param name="batch">What to fill.</param>
    /// <param name="places">Where the batch's entries are in the input, in step with them.</param>
    /// <returns>False where there are no more prompts.</returns>
    bool Fill(RowBatch batch, List<PromptPlace> places);
}

/// <summary>The prompts of a part with a row a prompt.</summary>
internal sealed class ListPrompts(IEnumerator<Block> blocks, RowRules rules) : IPrompts
{
    private readonly RowDraft _draft = new(rules);
    private readonly DraftCells _cells = new();
    private int _row;
    private Block? _block;

    public bool Fill(RowBatch batch, List<PromptPlace> places)
    {
        batch.Clear();
        places.Clear();
        while (!batch.IsFull)
        {
            if (_block is null || _row == _block.Rows)
            {
                if (!blocks.MoveNext())
                {
                    break;
                }

                (_block, _row) = (blocks.Current, 0);
                continue;
            }

            if (_block.Fault is null)
            {
                Add(_block, _row, batch);
            }
            else
            {
                _cells.AddLost(_draft, _block, _row, batch);
            }

            places.Add(new PromptPlace(_block, _row, 1));
            batch.KeptBytes += _block.KeptBytesOfRow;
            _row++;
        }

        return batch.Entries.Count > 0;
    }

    private void Add(Block block, int row, RowBatch batch)
    {
        _draft.Begin(row);
        try
        {
            _cells.Name(_draft, block.Prompt, row);
            _cells.Add(_draft, block, row, 1);
            _draft.Complete(default);
            batch.Add(_draft);
        }
        catch (LineException fault)
        {
            _draft.Place = $"{block.Place}, row {row}";
            batch.AddUnreadable(_draft, fault.Message);
            _draft.Place = null;
        }
    }
}
