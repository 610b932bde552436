using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Numerics;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors;

/// <summary>Runs committed vectors on a backend and compares bits.</summary>
internal static class VectorSuite
{
    private const string Arrow = " -> ";

    /// <summary>Runs all vectors of a stem.</summary>
    public static Tally Run(string stem, VectorBackend backend, CancellationToken cancellationToken = default) =>
        stem == VectorFiles.NumericsStem
            ? RunNumerics(backend)
            : RunOperation(Operation.Named(stem), backend, cancellationToken);

    /// <summary>The left and right sides of a numeric file's lines.</summary>
    public static (string[] Inputs, string[] Outputs) Split(NumericFile file)
    {
        string[][] sides = [.. file.Cases.Select(line => line.Split(Arrow))];
        return ([.. sides.Select(side => side[0])], [.. sides.Select(side => side[1])]);
    }

    /// <summary>The left sides of the lines that a bulk stands for.</summary>
    public static string[] Lines(NumericBulk bulk)
    {
        uint[][] columns = [.. bulk.Inputs.Select(Inputs.Bits)];
        return [.. Enumerable.Range(0, columns[0].Length)
            .Select(i => string.Join(' ', columns.Select(column => HexColumns.Word(column[i]))))];
    }

    /// <summary>The hash of a bulk's results.</summary>
    public static string HashOf(IEnumerable<string?> outputs) =>
        $"#{Fnv1a.Of([.. outputs.Select(output => SpecText.ToWord(output!))]):x16}";

    public static string Join(string input, string output) => input + Arrow + output;

    private static Tally RunNumerics(VectorBackend backend)
    {
        var tally = new Tally(VectorFiles.NumericsStem, backend.Name);
        foreach (NumericFile file in VectorFiles.Numerics)
        {
            NumericForm[] forms = backend.Forms[file.Function];
            (string[] inputs, string[] expected) = Split(file);
            tally.Cases += inputs.Length;
            for (int form = 0; form < forms.Length; form++)
            {
                string?[] actual = forms[form](inputs);
                string name = forms.Length == 1 ? file.Function : $"{file.Function} (form {form + 1})";
                CompareLines(name, inputs, expected, actual, tally);
                CompareBulk(name, file.Bulk, forms[form], tally);
                if (form == 0)
                {
                    AddToHash(expected, actual, tally);
                }
            }
        }

        return tally;
    }

    private static void CompareLines(
        string name, string[] inputs, string[] expected, string?[] actual, Tally tally)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (actual[i] is not { } line)
            {
                continue;
            }

            tally.Values += line.Split(' ').Length;
            if (line != expected[i])
            {
                tally.Add(new Mismatch(name, $"line {i + 1}", expected[i], line, inputs[i]));
            }
        }
    }

    private static void CompareBulk(string name, NumericBulk? bulk, NumericForm form, Tally tally)
    {
        if (bulk == null)
        {
            return;
        }

        string[] inputs = Lines(bulk);
        string hash = HashOf(form(inputs));
        tally.Values += inputs.Length;
        if (hash != bulk.Hash)
        {
            tally.Add(new Mismatch(name, "bulk", bulk.Hash!, hash, string.Join(", ", bulk.Inputs)));
        }
    }

    /// <summary>
    /// A line that the backend cannot take counts as expected, so that equal backends have equal hashes.
    /// </summary>
    private static void AddToHash(string[] expected, string?[] actual, Tally tally)
    {
        IEnumerable<string> lines = actual.Zip(expected, (line, ifNone) => line ?? ifNone);
        foreach (string word in lines.SelectMany(line => line.Split(' ')))
        {
            tally.HashState.Add(SpecText.ToWord(word));
        }
    }

    private static Tally RunOperation(Operation operation, VectorBackend backend, CancellationToken cancellationToken)
    {
        var tally = new Tally(operation.Stem, backend.Name);
        using SoftBonEngine engine = backend.CreateEngine();
        foreach (VectorCase vectorCase in VectorFiles.Of(operation).SelectMany(file => file.Cases))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = VectorBatch.Of(vectorCase);
            if (batch.Cost > backend.MostCost)
            {
                tally.LeftOut++;
                continue;
            }

            foreach (uint wanted in WantedSets(operation, backend))
            {
                OutputBuffers outputs = operation.Run(engine, batch, wanted, cancellationToken);
                Compare(operation, vectorCase, outputs, tally);
                outputs.AddTo(ref tally.HashState);
            }

            tally.Cases++;
        }

        return tally;
    }

    /// <summary>A limited backend runs all outputs at once.</summary>
    private static IEnumerable<uint> WantedSets(Operation operation, VectorBackend backend) =>
        backend.IsLimited ? [operation.AllOutputs] : operation.WantedSets;

    private static void Compare(Operation operation, VectorCase vectorCase, OutputBuffers outputs, Tally tally)
    {
        string asked = operation.NameOf(outputs.Wanted);
        for (int output = 0; output < operation.Outputs.Count; output++)
        {
            if (!outputs.Wants(output))
            {
                continue;
            }

            string name = operation.Outputs[output].Name;
            string[] expected = vectorCase.Expected[name];
            string[] actual = outputs.Lines(output);
            tally.Values += outputs.Bits(output).Length;
            for (int i = 0; i < actual.Length; i++)
            {
                if (actual.Length != expected.Length || actual[i] != expected[i])
                {
                    tally.Add(new Mismatch(
                        vectorCase.Name + asked, $"{name}[{i}]", expected[i], actual[i], vectorCase.Describe()));
                }
            }
        }
    }
}
