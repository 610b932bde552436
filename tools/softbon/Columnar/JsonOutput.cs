using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Columnar;

/// <summary>The results of a part as lines of JSON. What was written of a part that fails stays written.</summary>
internal sealed class JsonOutput(LineWriter lines) : IPartOutput
{
    public void Add(RowBatch batch, List<PromptPlace> places, IRowWork work)
    {
        foreach (BatchEntry entry in batch.Entries)
        {
            lines.Write(batch, entry, work);
        }

        lines.Send();
    }

    public void Complete(PartLosses losses)
    {
        // Lines are in their place as they are written.
    }

    public void Dispose()
    {
        // The lines of all parts go to one place.
    }
}
