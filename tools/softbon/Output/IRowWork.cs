using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Output;

/// <summary>What a command does with each batch, and how it writes a row.</summary>
internal interface IRowWork
{
    /// <summary>What the columns of <see cref="RowView"/> are called.</summary>
    RowHeads Heads { get; }

    void Compute(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes the members of a row behind its id.</summary>
    void Write(RowBatch batch, int row, JsonLine line);

    RowView View(RowBatch batch, int row);
}
