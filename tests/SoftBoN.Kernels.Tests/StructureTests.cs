using System.Text.RegularExpressions;

namespace SoftBoN.Kernels.Tests;

/// <summary>Every operation has all of its parts, so that whoever opens one folder finds the whole of it.</summary>
public sealed partial class StructureTests
{
    public static TheoryData<string> Operations => [.. OperationFolders];

    /// <summary>An operation's folder is one that has a file of its own name.</summary>
    private static IEnumerable<string> OperationFolders =>
        Directory.GetDirectories(Repository.File("kernels/SoftBoN.Kernels.Ops"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(Repository.File(Path.Combine("kernels/SoftBoN.Kernels.Ops", name, name + ".cs"))))
            .Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_has_all_of_its_parts(string operation)
    {
        string folder = $"kernels/SoftBoN.Kernels.Ops/{operation}";
        string kebab = WordStart().Replace(operation, "-$0").ToLowerInvariant();
        var missing = new List<string>();
        foreach (string file in new[] { ".md", ".Reference.cs", ".Simd.cs" })
        {
            Require(File.Exists(Full($"{folder}/{operation}{file}")), $"{folder}/{operation}{file}");
        }

        Require(HasFiles($"tests/vectors/{kebab}", "*.json"), $"tests/vectors/{kebab}/*.json");
        string tests = $"tests/SoftBoN.Kernels.Tests/{operation}";
        Require(HasFiles(tests, "*.cs"), $"{tests}/*.cs");
        const string Bench = "bench/SoftBoN.Kernels.Bench";
        Require(HasFiles(Bench, operation + "*.cs"), $"{Bench}/{operation}*.cs");
        Require(
            File.Exists(Full("kernels/README.md"))
            && File.ReadAllText(Full("kernels/README.md")).Contains($"| {operation} |", StringComparison.Ordinal),
            $"a row '| {operation} |' in kernels/README.md");

        Assert.True(missing.Count == 0, $"{operation} lacks {string.Join(", ", missing)}; add what is missing.");

        void Require(bool isThere, string part)
        {
            if (!isThere)
            {
                missing.Add(part);
            }
        }
    }

    [Fact]
    public void The_operations_of_the_engine_are_found() => Assert.Superset(
        new HashSet<string> { "Selection", "SoftWeights", "WeightedMajority" }, OperationFolders.ToHashSet());

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    private static string Full(string path) => Repository.File(path);

    private static bool HasFiles(string folder, string pattern) =>
        Directory.Exists(Full(folder)) && Directory.GetFiles(Full(folder), pattern).Length > 0;
}
