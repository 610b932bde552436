namespace SoftBoN.Tool.Columnar;

/// <summary>What is added to the rows of the input, beside the prompt's status.</summary>
/// <param name="Value">What each candidate's value is called.</param>
/// <param name="Picks">Whether candidates are picked.</param>
internal sealed record RowAnnotation(string Value, bool Picks)
{
    public static readonly RowAnnotation Weight = new("weight", Picks: true);
    public static readonly RowAnnotation Reward = new("reward", Picks: false);
}
