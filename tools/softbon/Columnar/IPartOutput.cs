using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Columnar;

/// <summary>Where the results of one part go.</summary>
internal interface IPartOutput : IDisposable
{
    /// <summary>Takes the results of a batch.</summary>
    void Add(RowBatch batch, List<PromptPlace> places, IRowWork work);

    /// <summary>The part is whole: puts it in its place.</summary>
    void Complete(PartLosses losses);
}
