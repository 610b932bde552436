namespace SoftBoN.Kernels.Tests.Readme;

public sealed class ReadmeTests
{
    [Fact]
    public void The_example_is_this_code_and_prints_what_the_readme_says()
    {
        string readme = File.ReadAllText(Repository.File("README.md"));
        string source = File.ReadAllText(Repository.File("tests/SoftBoN.Kernels.Tests/Readme/Example.cs"));
        string[] example = Block(readme, "```csharp").Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line != "using SoftBoN.Kernels;").ToArray();

        Assert.All(example, line => Assert.Contains(line, source, StringComparison.Ordinal));
        Assert.Contains($"It prints `{Example.Run()}`.", readme, StringComparison.Ordinal);
    }

    private static string Block(string text, string fence)
    {
        int start = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
