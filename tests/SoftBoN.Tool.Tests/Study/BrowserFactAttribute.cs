namespace SoftBoN.Tool.Tests.Study;

/// <summary>A test that is skipped, visibly, where there is no Chromium.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Names the browser to use.</summary>
    public const string Variable = "SOFTBON_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public BrowserFactAttribute() =>
        Skip = Browser is null ? $"needs Chromium: install the package chromium, or name one in {Variable}" : null;

    public static string? Browser { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
