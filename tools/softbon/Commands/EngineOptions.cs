using System.CommandLine;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Commands;

/// <summary>What the engine runs on. Results do not depend on it.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string> _device = OptionKinds.Choice(
        "--device",
        "What computes; results are the same bits. A named one never falls back. ilgpu-cpu is for debugging, and slow.",
        [.. BackendNames.Names]);

    private readonly Option<int?> _threads = OptionKinds.Count(
        "--threads", "N", "Threads to use; all processors if not given.", int.MaxValue);

    public void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_threads);
    }

    /// <summary>The threads to use.</summary>
    public int Threads(ParseResult parsed) => parsed.GetValue(_threads) ?? Environment.ProcessorCount;

    public SoftBonEngine Create(ParseResult parsed)
    {
        var options = new SoftBonOptions
        {
            Backend = BackendNames.Parse(parsed.GetRequiredValue(_device))!.Value,
            MaxDegreeOfParallelism = parsed.GetValue(_threads) ?? -1,
        };
        try
        {
            return SoftBonEngine.Create(options);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }
    }
}
