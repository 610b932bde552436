using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// The prompts of a part with a row a candidate. A prompt belongs to the part in which it begins, and may go on in the
/// parts behind it.
/// </summary>
/// <param name="blocks">The part's row groups.</param>
/// <param name="edges">What comes before and behind.</param>
/// <param name="seen">The prompts of the run so far, so that one that comes back is noticed.</param>
/// <param name="lost">Prompts that are known to lack rows, and why.</param>
/// <param name="rules">What the run wants of rows.</param>
internal sealed class LongPrompts(
    IEnumerator<Block> blocks,
    PartEdges edges,
    HashSet<TextKey> seen,
    IReadOnlyDictionary<TextKey, string> lost,
    RowRules rules) : IPrompts
{
    private readonly RowDraft _draft = new(rules);
    private readonly DraftCells _cells = new();
    private Block? _block;
    private int _row;
    private bool _isOpen;
    private bool _isOurs;
    private bool _isDone;
    private string? _fault;
    private string? _doubt;
    private PromptPlace? _first;
    private PromptPlace? _last;
    private bool _hasLead;
    private bool _hasBegun;

    public bool Fill(RowBatch batch, List<PromptPlace> places)
    {
        batch.Clear();
        places.Clear();
        while (!batch.IsFull && !_isDone)
        {
            if (_block is null || _row == _block.Rows)
            {
                Next(batch, places);
                continue;
            }

            int end = RunEnd(_block, _row);
            Take(_block, _row, end - _row, batch, places);
            _row = end;
        }

        return batch.Entries.Count > 0;
    }

    /// <summary>Where the rows of the prompt at a row end in its row group.</summary>
    public static int RunEnd(Block block, int row)
    {
        int end = row + 1;
        while (end < block.Rows && Names.Same(block.Prompt, row, block.Prompt, end))
        {
            end++;
        }

        return end;
    }

    private void Next(RowBatch batch, List<PromptPlace> places)
    {
        if (!_hasLead)
        {
            _hasLead = true;
            foreach (PromptPlace lead in edges.Lead)
            {
                Take(lead.Block, lead.Row, lead.Count, batch, places);
            }
        }

        if (blocks.MoveNext())
        {
            (_block, _row) = (blocks.Current, 0);
            if (_block.Names is null)
            {
                Pass(_block, batch, places);
            }

            return;
        }

        if (_isOpen)
        {
            TakeTail(batch, places);
        }

        Close(batch, places);
        _isDone = true;
    }

    /// <summary>A row group whose prompts are not known: those on both sides of it may have rows there.</summary>
    private void Pass(Block lost, RowBatch batch, List<PromptPlace> places)
    {
        _fault ??= $"its rows may go on in a row group that is lost: {lost.Fault!.Message}";
        Close(batch, places);
        _cells.AddLost(_draft, lost, 0, batch);
        places.Add(new PromptPlace(lost, 0, 1));
        _row = lost.Rows;
        _doubt = $"its rows may begin in a row group that is lost: {lost.Fault!.Message}";
    }

    /// <summary>The rows of the last prompt that are in the parts behind.</summary>
    private void TakeTail(RowBatch batch, List<PromptPlace> places)
    {
        try
        {
            foreach (PromptPlace tail in edges.Tail(_last!))
            {
                Take(tail.Block, tail.Row, tail.Count, batch, places);
            }
        }
        catch (PartException broken)
        {
            _fault ??= $"its rows may go on behind {_last!.Block.Part.Name}; mend the part: {broken.Message}";
        }
    }

    private void Take(Block block, int row, int count, RowBatch batch, List<PromptPlace> places)
    {
        bool goesOn = _isOpen && Names.Same(_last!.Block.Prompt, _last.Row, block.Prompt, row);
        if (!goesOn)
        {
            Close(batch, places);
            Begin(block, row);
        }

        batch.KeptBytes += count * block.KeptBytesOfRow;
        var place = new PromptPlace(block, row, count);
        (_last, _first) = (Link(place), _first ?? place);
        _fault ??= block.Fault?.Message;
        if (_fault is null)
        {
            try
            {
                _cells.Add(_draft, block, row, count);
            }
            catch (LineException fault)
            {
                _fault = fault.Message;
            }
        }
    }

    private PromptPlace Link(PromptPlace place)
    {
        if (_last is not null)
        {
            _last.Next = place;
        }

        return place;
    }

    private void Begin(Block block, int row)
    {
        bool isBehindLost = _doubt is not null
            && _last is not null
            && Names.Same(_last.Block.Prompt, _last.Row, block.Prompt, row);
        _draft.Begin(row);
        _draft.Place = $"{block.Place}, row {row}";
        (_isOpen, _fault, _first, _last) = (true, null, null, null);
        bool isTop = !_hasBegun;
        _hasBegun = true;
        bool isAnswered = isBehindLost && !edges.NeedsAllRows;
        _isOurs = !isAnswered && !(isTop && edges.BeganBefore(block, row));
        string? doubt = _doubt ?? (isTop && _isOurs ? edges.Doubt : null);
        _doubt = null;
        try
        {
            _cells.Name(_draft, block.Prompt, row);
        }
        catch (LineException fault)
        {
            _fault = fault.Message;
            return;
        }

        TextKey key = TextKey.Of(_draft.IdText.In(_draft.Text));
        if (!seen.Add(key) && _isOurs && !isBehindLost && block.Part == edges.Part)
        {
            throw new PartException(
                $"{block.Place}, column {block.Prompt.Shape.Name}",
                $"prompt {Names.Text(block.Prompt, row)} at row {row} comes back; a prompt's rows have to be adjacent: sort "
                + "the input by prompt, or pass --group");
        }

        _fault = doubt ?? lost.GetValueOrDefault(key);
    }

    private void Close(RowBatch batch, List<PromptPlace> places)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        if (!_isOurs)
        {
            return;
        }

        places.Add(_first!);
        try
        {
            if (_fault is not null)
            {
                throw new LineException(_fault);
            }

            _draft.Complete(default);
            batch.Add(_draft);
        }
        catch (LineException fault)
        {
            batch.AddUnreadable(_draft, fault.Message);
        }
    }
}
