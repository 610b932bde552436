using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Output;

/// <summary>What a command does with each batch, and how it writes a row.</summary>
internal interface IRowWork
{
    /// <summary>What the columns of <see cref="RowView"/> are called.</summary>
    RowHeads Heads { get; }

    void Compute(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>The members that <see cref="Write"/> gives a row, in their order.</summary>
    IReadOnlyList<RowMember> Members { get; }

    /// <summary>Writes the members of a row behind its id.</summary>
    void Write(RowBatch batch, int row, IRowWriter line);

    /// <summary>What --annotate adds.</summary>
    RowAnnotation Annotation { get; }

    /// <summary>The values of a row's candidates that --annotate adds; empty where they were not asked for.</summary>
    ReadOnlySpan<float> ValuesOf(RowBatch batch, int row);

    /// <summary>The places that a row's draws picked, -1 for none; empty where nothing is drawn.</summary>
    ReadOnlySpan<int> PicksOf(int row);

    RowView View(RowBatch batch, int row);
}
