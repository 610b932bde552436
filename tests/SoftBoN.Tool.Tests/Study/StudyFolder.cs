using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>A folder that studies write to, and what they wrote; gone in the end.</summary>
internal sealed class StudyFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softbon-study-");

    public string Path => _folder.FullName;

    public string WorkFile => File("work.jsonl");

    public string Report => File("report.html");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Runs a study in this process, in this folder.</summary>
    public ToolResult TryRun(params string[] arguments) =>
        Tool.Run("", ["study", arguments[0], "--out", Path, .. arguments[1..]]);

    /// <summary>The same, and it has to work.</summary>
    public void Run(params string[] arguments)
    {
        ToolResult result = TryRun(arguments);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(Report + "\n", result.Output);
    }

    /// <summary>All files but the work file, by name.</summary>
    public Dictionary<string, byte[]> Snapshot() => _folder.GetFiles()
        .Where(file => file.Name != "work.jsonl")
        .ToDictionary(file => file.Name, file => System.IO.File.ReadAllBytes(file.FullName));

    /// <summary>The rows of a table, as values by column.</summary>
    public IReadOnlyList<Row> Table(string name, bool quoted = false)
    {
        string[] lines = System.IO.File.ReadAllLines(File(name + ".csv"));
        string[] header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line =>
            new Row(header.Zip(Cells(line, quoted)).ToDictionary(pair => pair.First, pair => pair.Second)))];
    }

    /// <summary>A line's cells; a quoted one may hold a comma, and none holds a quote.</summary>
    private static string[] Cells(string line, bool quoted) => quoted
        ? [.. Regex.Matches(line, "(?<=^|,)(?:\"([^\"]*)\"|([^,\"]*))(?=,|$)")
            .Select(match => match.Groups[1].Value + match.Groups[2].Value)]
        : line.Split(',');

    public static void AssertEqual(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach ((string name, byte[] bytes) in expected)
        {
            Assert.True(bytes.AsSpan().SequenceEqual(actual[name]), name + " differs");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A row of a table.</summary>
    public sealed record Row(IReadOnlyDictionary<string, string> Values)
    {
        public string Text(string column) => Values[column];

        public double this[string column] => Values[column] switch
        {
            "" => double.NaN,
            "inf" => double.PositiveInfinity,
            string text => double.Parse(text, CultureInfo.InvariantCulture),
        };
    }
}
