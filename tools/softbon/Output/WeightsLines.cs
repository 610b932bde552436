using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Output;

/// <summary>The output of <c>softbon weights</c>.</summary>
internal sealed class WeightsLines(Diagnostics diagnostics, LambdaSetting setting) : IRowWork
{
    private static readonly string[] FloatNames =
    [
        "lambda", "ess", "entropy", "kl_to_uniform", "expected_reward", "log_mean_exp", "chi_square",
        "kl_from_tilt_bound", "kl_from_model_bound",
    ];

    public void Compute(RowBatch batch, CancellationToken cancellationToken)
    {
        diagnostics.Resize(batch, weights: true);
        for (int first = 0; first < batch.Rows;)
        {
            int end = setting.EndOfRun(batch, first);
            Lambda lambda = setting.Of(batch.OwnLambda.Span[first..end], batch.Lambda.Span[first..end]);
            diagnostics.Compute(batch, first, end, lambda, cancellationToken);
            first = end;
        }
    }

    public void Write(RowBatch batch, int row, IRowWriter line)
    {
        line.Name("lambda"u8).Number(diagnostics.Lambda.Span[row]);
        line.Name("ess"u8).Number(diagnostics.EffectiveSampleSize.Span[row]);
        line.Name("entropy"u8).Number(diagnostics.Entropy.Span[row]);
        line.Name("kl_to_uniform"u8).Number(diagnostics.KlToUniform.Span[row]);
        line.Name("expected_reward"u8).Number(diagnostics.ExpectedReward.Span[row]);
        line.Name("log_mean_exp"u8).Number(diagnostics.LogMeanExp.Span[row]);
        line.Name("chi_square"u8).Number(diagnostics.ChiSquare.Span[row]);
        line.Name("kl_from_tilt_bound"u8).Number(diagnostics.KlFromTiltBound.Span[row]);
        line.Name("kl_from_model_bound"u8).Number(diagnostics.KlFromModelBound.Span[row]);
        line.Name("status"u8).Raw(diagnostics.Status.Span[row].JsonTextOf(batch.MayLackCandidates));
        ReadOnlySpan<float> weights = diagnostics.Weights.Span;
        line.Name("weights"u8).Numbers(weights.IsEmpty ? weights : weights[SelectionLines.RangeOf(batch, row)]);
    }

    public IReadOnlyList<RowMember> Members { get; } =
    [
        .. FloatNames.Select(name => new RowMember(name, MemberKind.Float)),
        new("status", MemberKind.Text),
        new("weights", MemberKind.Float, IsList: true),
    ];

    public RowAnnotation Annotation => RowAnnotation.Weight;

    public ReadOnlySpan<float> ValuesOf(RowBatch batch, int row) =>
        diagnostics.Weights.Span[SelectionLines.RangeOf(batch, row)];

    public ReadOnlySpan<int> PicksOf(int row) => default;

    public RowHeads Heads => RowHeads.Expected;

    public RowView View(RowBatch batch, int row) => new(
        -1,
        TextRange.None,
        diagnostics.ExpectedReward.Span[row],
        diagnostics.Lambda.Span[row],
        diagnostics.EffectiveSampleSize.Span[row],
        diagnostics.KlToUniform.Span[row],
        diagnostics.Status.Span[row]);
}
