using System.Globalization;
using System.Text;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>One case of an operation as its file writes it: inputs as texts, expected outputs as lines.</summary>
/// <remarks>An operation reads the inputs it has; those that are null are not given.</remarks>
internal sealed record VectorCase
{
    public required string Name { get; init; }

    public required string Rewards { get; init; }

    public required string Rows { get; init; }

    public required string Lambda { get; init; }

    public SelectionNoise? Noise { get; init; }

    public string? Seed { get; init; }

    public string? Position { get; init; }

    public string? Offsets { get; init; }

    public string? Elements { get; init; }

    public int? Draws { get; init; }

    public bool? Distinct { get; init; }

    public string? Answers { get; init; }

    /// <summary>The further inputs of the token tilt, whose rewards are "none" where it has none.</summary>
    public TokenText? Tokens { get; init; }

    /// <summary>Each output's lines, by its name.</summary>
    public IReadOnlyDictionary<string, string[]> Expected { get; init; } = new Dictionary<string, string[]>();

    /// <summary>The inputs for a report of a mismatch.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        Append("rewards", Rewards);
        Append("rows", Rows);
        Append("lambda", Lambda);
        Append("noise", Noise?.ToString());
        Append("seed", Seed);
        Append("position", Position);
        Append("offsets", Offsets);
        Append("elements", Elements);
        Append("draws", Draws?.ToString(CultureInfo.InvariantCulture));
        Append("distinct", Distinct?.ToString());
        Append("answers", Answers);
        Append("tokens", Tokens?.ToString());
        return text.ToString();

        void Append(string name, string? value)
        {
            if (value != null)
            {
                text.Append(text.Length > 0 ? "; " : "").Append(name).Append(": ").Append(value);
            }
        }
    }
}
