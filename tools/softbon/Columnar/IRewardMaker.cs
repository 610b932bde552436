using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>Makes the rewards of files that have none, of another column, with a row a candidate.</summary>
internal interface IRewardMaker
{
    /// <summary>Why a column cannot be used, as a cure; null where it can.</summary>
    string? Refuse(CellsShape column);

    /// <summary>A reward for each row. Any threads at a time.</summary>
    /// <param name="cells">The column.</param>
    /// <param name="place">Where it is, for messages.</param>
    Cells<float> Make(Cells cells, string place);
}
