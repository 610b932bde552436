using System.Text;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Tests;

/// <summary>What a run of the tool in this process left behind.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the tool in this process.</summary>
internal static class Tool
{
    public static ToolResult Run(string input, params string[] args) => Run(Encoding.UTF8.GetBytes(input), args);

    public static ToolResult Run(byte[] input, params string[] args) => Run(new MemoryStream(input), args);

    public static ToolResult Run(Stream input, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int code = ToolApp.Run(args, new ToolHost { Input = input, Output = output, Error = error });
        return new ToolResult(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Runs select with seed 42 and lambda 0.1 unless other options say otherwise.</summary>
    public static ToolResult Select(string input, params string[] args) =>
        Run(input, ["select", "--lambda", "0.1", "--seed", "42", .. args]);
}
