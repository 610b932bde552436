namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>An operation of the engine, as the vectors see it: a batch in, named outputs out.</summary>
internal abstract class Operation(string stem, params IReadOnlyList<OutputSpec> outputs)
{
    /// <summary>Batches of more rows have one line per output.</summary>
    public const int MostRowsWithLines = 32;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new SoftWeightsOperation(), new SelectionOperation(), new MajorityOperation(), new TokenTiltOperation(),
        new RewardScoringOperation(),
    ];

    /// <summary>The name of its folder in tests/vectors.</summary>
    public string Stem { get; } = stem;

    public IReadOnlyList<OutputSpec> Outputs { get; } = outputs;

    /// <summary>The status is the last output of every operation.</summary>
    public int StatusOutput => Outputs.Count - 1;

    public uint AllOutputs => (1u << Outputs.Count) - 1;

    /// <summary>
    /// Which outputs are asked for together: all, each alone, and whatever else takes a path of its own. What is asked
    /// for besides an output must not change its bits.
    /// </summary>
    public virtual IEnumerable<uint> WantedSets =>
        Enumerable.Range(0, Outputs.Count).Select(i => 1u << i).Prepend(AllOutputs);

    /// <summary>Names a set of outputs for a report; the whole set needs no name.</summary>
    public string NameOf(uint wanted)
    {
        IEnumerable<string> names = Outputs.Where((_, i) => (wanted >> i & 1) != 0).Select(output => output.Name);
        return wanted == AllOutputs ? "" : $" (asked for {string.Join(", ", names)})";
    }

    public static Operation Named(string stem) => All.Single(operation => operation.Stem == stem);

    public OutputBuffers Run(SoftBonEngine engine, VectorBatch batch, uint wanted, CancellationToken cancellationToken)
    {
        var outputs = new OutputBuffers(this, batch, wanted);
        Run(engine, batch, outputs, cancellationToken);
        return outputs;
    }

    protected abstract void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken);
}
