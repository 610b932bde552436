using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Numerics;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Recipes;

/// <summary>Makes all vector files: inputs by the recipes, expected bits by the reference backend.</summary>
internal static class VectorWriter
{
    /// <summary>The files' texts by their names.</summary>
    public static IEnumerable<(string Name, string Text)> Make()
    {
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        foreach (NumericFile file in NumericRecipes.All)
        {
            yield return ($"{VectorFiles.NumericsStem}/{file.Function}.json", VectorFiles.Serialize(Complete(file)));
        }

        foreach ((string name, OperationFile file) in
            (IEnumerable<(string, OperationFile)>)
            [
                .. SoftWeightsRecipes.All, .. SelectionRecipes.All, .. MajorityRecipes.All, .. TokenTiltRecipes.All,
                .. RewardScoringRecipes.All,
            ])
        {
            yield return ($"{file.Operation}/{name}.json", VectorFiles.Serialize(Complete(file, engine)));
        }
    }

    /// <summary>Writes all files below a folder.</summary>
    /// <returns>How many there are.</returns>
    public static int Write(string folder)
    {
        int count = 0;
        foreach ((string name, string text) in Make())
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            count++;
        }

        return count;
    }

    private static NumericFile Complete(NumericFile file)
    {
        NumericForm form = VectorBackend.Reference.Forms[file.Function][0];
        return file with
        {
            Cases = [.. file.Cases.Zip(form(file.Cases), (input, output) => VectorSuite.Join(input, output!))],
            Bulk = file.Bulk == null
                ? null
                : file.Bulk with { Hash = VectorSuite.HashOf(form(VectorSuite.Lines(file.Bulk))) },
        };
    }

    private static OperationFile Complete(OperationFile file, SoftBonEngine engine)
    {
        Operation operation = Operation.Named(file.Operation);
        return file with { Cases = [.. file.Cases.Select(item => Complete(item, operation, engine))] };
    }

    private static VectorCase Complete(VectorCase item, Operation operation, SoftBonEngine engine)
    {
        var batch = VectorBatch.Of(item);
        OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, CancellationToken.None);
        var expected = new Dictionary<string, string[]>();
        for (int output = 0; output < operation.Outputs.Count; output++)
        {
            expected[operation.Outputs[output].Name] = outputs.Lines(output);
        }

        return item with { Expected = expected };
    }
}
