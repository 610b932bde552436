using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Output;

/// <summary>Work on rewards that go through some steps first.</summary>
internal sealed class SteppedWork(SoftBonEngine engine, RewardSteps steps, IRowWork work) : IRowWork
{
    public RowHeads Heads => work.Heads;

    public void Compute(RowBatch batch, CancellationToken cancellationToken)
    {
        steps.Apply(engine, batch, cancellationToken);
        work.Compute(batch, cancellationToken);
    }

    public void Write(RowBatch batch, int row, IRowWriter line) => work.Write(batch, row, line);

    public IReadOnlyList<RowMember> Members => work.Members;

    public RowAnnotation Annotation => work.Annotation;

    public ReadOnlySpan<float> ValuesOf(RowBatch batch, int row) => work.ValuesOf(batch, row);

    public ReadOnlySpan<int> PicksOf(int row) => work.PicksOf(row);

    public RowView View(RowBatch batch, int row) => work.View(batch, row);
}
