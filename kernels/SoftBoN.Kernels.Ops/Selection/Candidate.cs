namespace SoftBoN.Kernels.Ops;

/// <summary>The best of some candidates, and the second largest key among them.</summary>
internal struct Candidate
{
    public float Key;
    public uint Element;

    /// <summary>-1 where there is no candidate.</summary>
    public int Index;
    public float Second;

    /// <summary>The best of no candidates.</summary>
    public static Candidate None => new()
    {
        Key = float.NegativeInfinity,
        Element = uint.MaxValue,
        Index = -1,
        Second = float.NegativeInfinity,
    };

    /// <summary>One candidate more; nothing where its key is -infinity and its index -1.</summary>
    public void Add(float key, uint element, int index)
    {
        bool beats = SelectionOp.Beats(key, element, Key, Element);
        float loser = beats ? Key : key;
        Second = loser > Second ? loser : Second;
        Key = beats ? key : Key;
        Element = beats ? element : Element;
        Index = beats ? index : Index;
    }

    /// <summary>The candidates of another.</summary>
    public void Merge(Candidate other)
    {
        Second = other.Second > Second ? other.Second : Second;
        Add(other.Key, other.Element, other.Index);
    }
}
