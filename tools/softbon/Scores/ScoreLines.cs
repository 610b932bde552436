using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Scores;

/// <summary>The output of <c>softbon score</c> on files of columns; the rewards were made as the files were read.</summary>
internal sealed class ScoreLines : IRowWork
{
    private static readonly int[] FirstRow = [0];

    public RowHeads Heads => RowHeads.Expected;

    public IReadOnlyList<RowMember> Members { get; } =
        [new("rewards", MemberKind.Float, IsList: true), new("status", MemberKind.Text)];

    public RowAnnotation Annotation => RowAnnotation.Reward;

    public void Compute(RowBatch batch, CancellationToken cancellationToken)
    {
        // There is nothing left to do.
    }

    public void Write(RowBatch batch, int row, IRowWriter line)
    {
        line.Name("rewards"u8).Numbers(ValuesOf(batch, row));
        line.Name("status"u8).Raw(RowStatus.Ok.JsonTextOf(batch.MayLackCandidates));
    }

    public ReadOnlySpan<float> ValuesOf(RowBatch batch, int row) => batch.Rewards.Span[SelectionLines.RangeOf(batch, row)];

    /// <summary>Columns that are kept are those of the prompt's first row.</summary>
    public ReadOnlySpan<int> PicksOf(int row) => FirstRow;

    public RowView View(RowBatch batch, int row) =>
        new(-1, TextRange.None, float.NaN, float.NaN, float.NaN, float.NaN, RowStatus.Ok);
}
