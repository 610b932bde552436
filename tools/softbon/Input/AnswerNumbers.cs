using System.Numerics;

namespace SoftBoN.Tool.Input;

/// <summary>Numbers a row's answers in the order in which they are first seen; equal texts get equal numbers.</summary>
internal sealed class AnswerNumbers
{
    private const int FirstSlots = 64;

    private readonly Column<TextRange> _distinct = new();
    private int[] _slots = new int[FirstSlots];

    /// <summary>Forgets the last row's answers.</summary>
    public void Clear()
    {
        if (_slots.Length > 16 * FirstSlots)
        {
            _slots = new int[FirstSlots];
        }
        else if (_distinct.Count > 0)
        {
            Array.Clear(_slots);
        }

        _distinct.Clear();
    }

    /// <summary>The number of the answer at <paramref name="range"/> of <paramref name="text"/>.</summary>
    public int Number(TextRange range, Column<byte> text)
    {
        if (2 * (_distinct.Count + 1) > _slots.Length)
        {
            Grow(text);
        }

        ref int slot = ref Find(range, text);
        if (slot == 0)
        {
            _distinct.Add(range);
            slot = _distinct.Count;
        }

        return slot - 1;
    }

    private ref int Find(TextRange range, Column<byte> text)
    {
        var hash = new HashCode();
        hash.AddBytes(range.In(text));
        int at = hash.ToHashCode() & (_slots.Length - 1);
        while (_slots[at] != 0 && !_distinct.Span[_slots[at] - 1].In(text).SequenceEqual(range.In(text)))
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        return ref _slots[at];
    }

    private void Grow(Column<byte> text)
    {
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)_slots.Length + 1)];
        for (int i = 0; i < _distinct.Count; i++)
        {
            Find(_distinct.Span[i], text) = i + 1;
        }
    }
}
