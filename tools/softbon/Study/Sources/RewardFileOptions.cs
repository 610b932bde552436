using System.CommandLine;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>A file of rewards on the command line.</summary>
internal sealed class RewardFileOptions
{
    private readonly Option<string?> _input = new("--input", "-i")
    {
        HelpName = "FILE",
        Description = "Candidates with rewards, as JSON Lines or CSV [default: a small made-up sample]",
    };

    public void AddTo(Command command) => command.Add(_input);

    public RewardFile Read(ParseResult parsed, params string[] columns) =>
        RewardFile.Read(parsed.GetValue(_input), columns);

    /// <summary>The file's name repeats the command; what counts is its content.</summary>
    public IReadOnlyList<StudyParameter> Parameters(ParseResult parsed, RewardFile file) =>
    [
        new("input", file.Name) { IsOption = parsed.GetValue(_input) is not null, Counts = false },
        new("input-sha256", file.Hash) { IsOption = false },
    ];
}
