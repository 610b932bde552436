using System.Globalization;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Randomized;

/// <summary>One row's inputs for a report of a mismatch.</summary>
internal static class RowText
{
    private const int MostValues = 12;

    public static string Describe(VectorBatch batch, int row)
    {
        if (batch.Tokens is { } tokens)
        {
            return $"{batch.Rows.LengthOf(row)} tokens; lambda {batch.Lambda.Values[row]}; {tokens.Describe(row)}; "
                + $"seed {batch.Seed?[row]}; position {batch.Position?[row] ?? (ulong)row}";
        }

        Range packed = batch.Rows.PackedRange(row);
        var parts = new List<string>
        {
            $"{batch.Rows.LengthOf(row)} rewards: {List(batch.RewardsOf(row))}",
            $"lambda: {batch.Lambda.Meaning} {List([batch.Lambda.Values[row]])}",
            $"noise: {batch.Noise}",
            $"seed: {batch.Seed?[row]}",
            $"position: {batch.Position?[row] ?? (ulong)row}",
            $"draws: {batch.Draws}{(batch.Distinct ? " distinct" : "")}",
        };
        if (batch.Offsets != null)
        {
            parts.Add("offsets: " + List(batch.Offsets[packed]));
        }

        if (batch.Elements != null)
        {
            parts.Add("elements: " + string.Join(' ', batch.Elements[packed].Take(MostValues)));
        }

        parts.Add("answers: " + string.Join(' ', batch.Answers[packed].Take(MostValues)));
        return string.Join("; ", parts);
    }

    private static string List(float[] values)
    {
        IEnumerable<string> shown = values.Take(MostValues).Select(x => x.ToString("G9", CultureInfo.InvariantCulture));
        return string.Join(' ', shown) + (values.Length > MostValues ? " …" : "");
    }
}
