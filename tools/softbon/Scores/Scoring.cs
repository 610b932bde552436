using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Tokens;

namespace SoftBoN.Tool.Scores;

/// <summary>The work of <c>softbon score</c>, prompt by prompt.</summary>
/// <param name="scorer">The head.</param>
/// <param name="output">Where rewards go.</param>
internal sealed class Scoring(HeadScorer scorer, IScoreOutput output)
{
    private readonly Column<float> _rewards = new();

    /// <summary>Works through the prompts.</summary>
    /// <param name="hidden">The hidden values.</param>
    /// <param name="groups">The number of prompts, which divides the rows.</param>
    /// <param name="progress">Told how many prompts are done.</param>
    public void Run(TokenFile hidden, int groups, Progress progress)
    {
        long candidates = hidden.Rows / groups;
        if (candidates * hidden.Columns > int.MaxValue)
        {
            throw new FaultException(
                $"{hidden.Name} has {candidates} rows of {hidden.Columns} values for each of {groups} prompts; together they "
                + $"may have {int.MaxValue}: split the file");
        }

        long piece = Math.Max(1, HeadScorer.PieceValues / Math.Max(1, candidates * hidden.Columns));
        for (long first = 0; first < groups;)
        {
            int count = (int)Math.Min(piece, groups - first);
            TokenMatrix part = hidden[first * candidates, (int)(count * candidates)];
            scorer.Score(part, _rewards.Resize(part.Rows));
            for (int i = 0; i < count; i++)
            {
                output.Add(first + i, _rewards.Span.Slice((int)(i * candidates), (int)candidates));
            }

            output.Send();
            first += count;
            progress.Report(first);
        }

        progress.Erase();
    }
}
