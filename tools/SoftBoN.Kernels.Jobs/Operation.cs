namespace SoftBoN.Kernels.Jobs;

/// <summary>What can be timed, and on which batches.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Make">The job on a batch.</param>
/// <param name="Growing">Batches that grow, for the lines of plots and for a quick look; the first is the smallest.</param>
/// <param name="Further">More batches.</param>
/// <param name="LongestRow">The most elements of a row.</param>
internal sealed record Operation(
    string Name, Func<Shape, Job> Make, IReadOnlyList<Shape> Growing, IReadOnlyList<Shape> Further, int LongestRow)
{
    /// <summary>All of them, in the order of tables.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        OnRewards("selection", shape => new SelectionJob(shape)),
        OnRewards("soft weights", shape => new SoftWeightsJob(shape)),
        OnRewards("log-sum-exp", shape => new LogMeanExpJob(shape)),
        OnRewards("weighted majority", shape => new MajorityJob(shape)),
        OnTokens("token tilt", shape => new TokenTiltJob(shape)),
        OnTokens("token tilt, bfloat16", shape => new TokenTiltJob(shape, NumberFormat.BFloat16)),
        OnTokens("token tilt, half", shape => new TokenTiltJob(shape, NumberFormat.Half)),
        OnTokens("token tilt, noise per token", shape => new TokenTiltJob(shape, kind: TokenTiltKind.NoisePerToken)),
        OnTokens("token tilt, dense rewards", shape => new TokenTiltJob(shape, kind: TokenTiltKind.DenseRewards)),
        OnTokens("token tilt, truncated", shape => new TokenTiltJob(shape, kind: TokenTiltKind.Truncated)),
        OnHidden("reward head", shape => new RewardHeadJob(shape)),
        OnHidden("reward head, bfloat16", shape => new RewardHeadJob(shape, NumberFormat.BFloat16)),
        OnHidden("reward head, half", shape => new RewardHeadJob(shape, NumberFormat.Half)),
        OnHidden("reward plan", shape => new RewardPlanJob(shape)),
    ];

    /// <summary>The name as one word, for options and files.</summary>
    public string Word => Name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');

    /// <summary>The least bytes that have to move per element.</summary>
    public double BytesPerElement
    {
        get
        {
            using Job job = Make(new Shape(1, 4));
            return job.BytesPerElement;
        }
    }

    public IReadOnlyList<Shape> Shapes(bool quick) => quick ? Growing : [.. Growing.Union(Further)];

    public static Operation Of(string name) => All.Single(operation => operation.Name == name);

    private static Operation OnRewards(string name, Func<Shape, Job> make) =>
        new(name, make, Shape.Growing, Shape.Usual, int.MaxValue);

    private static Operation OnTokens(string name, Func<Shape, Job> make) =>
        new(name, make, Shape.GrowingVocabularies, Shape.Vocabularies, TokenMatrix.MaxColumns);

    private static Operation OnHidden(string name, Func<Shape, Job> make) =>
        new(name, make, Shape.GrowingHiddenStates, Shape.HiddenStates, TokenMatrix.MaxColumns);
}
