using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>The processor's name, and the name of the folder for its results.</summary>
/// <param name="Name">As the processor gives it.</param>
/// <param name="Generation">The microarchitecture where the name does not say it and we know; else empty.</param>
internal sealed partial record Processor(string Name, string Generation)
{
    private const string LinuxDescription = "/proc/cpuinfo";

    /// <summary>For example amd-epyc-zen4-2core.</summary>
    public string Slug
    {
        get
        {
            string words = string.Create(
                CultureInfo.InvariantCulture, $"{Name} {Generation} {Environment.ProcessorCount}core");
            return NotInNames().Replace(Trademarks().Replace(words.ToLowerInvariant(), ""), "-").Trim('-');
        }
    }

    public static Processor Current()
    {
        if (!File.Exists(LinuxDescription))
        {
            return new Processor(Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown", "");
        }

        var fields = File.ReadLines(LinuxDescription)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1]);
        string name = fields.GetValueOrDefault("model name") ?? "unknown";
        return new Processor(name, fields.GetValueOrDefault("vendor_id") == "AuthenticAMD" ? Zen(fields) : "");
    }

    private static string Zen(Dictionary<string, string> fields)
    {
        int family = int.Parse(fields["cpu family"], CultureInfo.InvariantCulture);
        int model = int.Parse(fields["model"], CultureInfo.InvariantCulture);
        return (family, model) switch
        {
            (23, < 0x30) => "zen",
            (23, _) => "zen2",
            (25, >= 0x10 and < 0x20 or >= 0x60 and < 0x80 or >= 0xa0 and < 0xb0) => "zen4",
            (25, _) => "zen3",
            (26, _) => "zen5",
            _ => "",
        };
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();

    [GeneratedRegex(@"\((r|tm)\)| cpu|@.*ghz| processor| \d+-core")]
    private static partial Regex Trademarks();
}
