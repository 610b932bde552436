using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SoftBoN.Kernels.Vectors;
using SoftBoN.Tool.Running;
using Spectre.Console;

namespace SoftBoN.Tool.Output;

/// <summary>A verification for people, and for programs.</summary>
internal static class VerificationPrint
{
    public static void WriteTable(Verification verification, IAnsiConsole console)
    {
        Table table = Tables.Create("operation", "backend", "cases", "values", "mismatches", "hash of all output bits");
        foreach (Tally tally in verification.Vectors)
        {
            AddRow(table, tally, tally.Stem);
        }

        foreach (Tally tally in verification.Random)
        {
            AddRow(table, tally, $"{tally.Stem}, random rows");
        }

        foreach (VectorBackend backend in verification.Skipped)
        {
            table.AddTextRow("-", backend.Name, "-", "-", "-", $"skipped: {backend.Obstacle}");
        }

        console.Write(table);
        foreach (IGrouping<string, Tally> slow in verification.All
            .Where(tally => tally.LeftOut > 0)
            .GroupBy(tally => tally.Backend))
        {
            console.WriteLine(
                $"{slow.Key} is slow: {Tables.Count(slow.Sum(tally => tally.LeftOut))} larger cases and rows were left out, "
                + "and its hashes are of the others.");
        }
    }

    public static void WriteMismatches(Verification verification, TextWriter output)
    {
        foreach (Tally tally in verification.All.Where(tally => tally.Mismatches > 0))
        {
            output.WriteLine($"{tally.Stem} on {tally.Backend}, {tally.First.Count} of {tally.Mismatches} mismatches:");
            foreach (Mismatch mismatch in tally.First)
            {
                output.WriteLine("  " + mismatch);
            }
        }
    }

    public static void WriteJson(Verification verification, StreamWriter output)
    {
        output.Flush();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(output.BaseStream, options))
        {
            json.WriteStartObject();
            json.WriteNumber("mismatches", verification.Mismatches);
            WriteTallies(json, "vectors", verification.Vectors);
            json.WriteNumber("seed", verification.Seed);
            WriteTallies(json, "random", verification.Random);
            json.WriteStartObject("skipped");
            foreach (VectorBackend backend in verification.Skipped)
            {
                json.WriteString(backend.Name, backend.Obstacle);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    private static void AddRow(Table table, Tally tally, string name) => table.AddTextRow(
        name,
        tally.Backend,
        Tables.Count(tally.Cases),
        Tables.Count(tally.Values),
        Tables.Count(tally.Mismatches),
        Hash(tally));

    private static void WriteTallies(Utf8JsonWriter json, string name, IReadOnlyList<Tally> tallies)
    {
        json.WriteStartArray(name);
        foreach (Tally tally in tallies)
        {
            json.WriteStartObject();
            json.WriteString("operation", tally.Stem);
            json.WriteString("backend", tally.Backend);
            json.WriteNumber("cases", tally.Cases);
            json.WriteNumber("left_out", tally.LeftOut);
            json.WriteNumber("values", tally.Values);
            json.WriteNumber("mismatches", tally.Mismatches);
            json.WriteString("hash", Hash(tally));
            WriteMismatches(json, tally.First);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMismatches(Utf8JsonWriter json, IReadOnlyList<Mismatch> mismatches)
    {
        json.WriteStartArray("first_mismatches");
        foreach (Mismatch mismatch in mismatches)
        {
            json.WriteStartObject();
            json.WriteString("case", mismatch.Case);
            json.WriteString("output", mismatch.Output);
            json.WriteString("expected", mismatch.Expected);
            json.WriteString("actual", mismatch.Actual);
            json.WriteString("inputs", mismatch.Inputs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Hash(Tally tally) => tally.Hash.ToString("x16", CultureInfo.InvariantCulture);
}
