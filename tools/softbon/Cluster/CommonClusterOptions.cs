using System.CommandLine;
using SoftBoN.Tool.Commands;

namespace SoftBoN.Tool.Cluster;

/// <summary>What silos and their clients have to agree on.</summary>
internal sealed class CommonClusterOptions
{
    /// <summary>The name of a cluster that was given none.</summary>
    public const string DefaultId = "softbon";

    private const int DefaultMessage = 64;
    private const int MostMessage = 1024;

    private readonly Option<string?> _id = OptionKinds.OptionalText(
        "--cluster-id", "NAME", $"The cluster's name, the same for its silos and clients [default: {DefaultId}].");

    private readonly Option<int?> _message = OptionKinds.Count(
        "--max-message",
        "MIB",
        $"The largest message in MiB, for rows longer than a part; for silos and clients alike [default: {DefaultMessage}].",
        MostMessage);

    public void AddTo(Command command)
    {
        command.Add(_id);
        command.Add(_message);
    }

    public string Id(ParseResult parsed) => parsed.GetValue(_id) ?? DefaultId;

    public int MessageBytes(ParseResult parsed) => (parsed.GetValue(_message) ?? DefaultMessage) * (1 << 20);

    /// <summary>The first of the options that stands on the command line.</summary>
    public string? FirstGiven(ParseResult parsed) => new Option[] { _id, _message }
        .FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;
}
