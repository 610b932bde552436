using System.Security.Cryptography;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>A prompt's candidates: their names, and one list of values for each column that was asked for.</summary>
internal sealed record ScoredPrompt(string[] Names, double[][] Columns);

/// <summary>A file of candidates with one or more rewards each, as JSON Lines or CSV.</summary>
/// <param name="Name">The file's name, for people; that of the sample where none is given.</param>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="Prompts">Its prompts, in the order of the file.</param>
internal sealed record RewardFile(string Name, string Hash, IReadOnlyList<ScoredPrompt> Prompts)
{
    /// <summary>The name of the sample that comes with the program.</summary>
    public const string Sample = "sample";

    private const string Resource = "gamed.jsonl";

    /// <param name="path">The file; null takes the sample.</param>
    /// <param name="columns">The keys of candidates, or the columns, to read.</param>
    public static RewardFile Read(string? path, params string[] columns)
    {
        byte[] bytes = path is null ? ReadSample() : ReadBytes(path);
        bool isCsv = path is not null && path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        string name = path ?? Sample;
        try
        {
            IReadOnlyList<ScoredPrompt> prompts = isCsv
                ? ScoredCsv.Read(bytes, columns)
                : ScoredJson.Read(bytes, columns);
            return prompts.Count > 0
                ? new RewardFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), prompts)
                : throw new LineException("no prompts; it has to have at least one line with candidates");
        }
        catch (LineException fault)
        {
            throw new FaultException($"--input {name}: {fault.Message}", fault);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        using Stream file = Files.OpenFile(path, "--input");
        return ReadAll(file);
    }

    private static byte[] ReadSample()
    {
        using Stream stream = typeof(RewardFile).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the program; build it anew");
        return ReadAll(stream);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }
}
