using System.CommandLine;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Commands;

/// <summary>What the engine runs on. Results do not depend on it.</summary>
internal sealed class EngineOptions
{
    private readonly Option<string> _device = OptionKinds.Choice(
        "--device",
        "What computes; results are the same bits. A named one never falls back.",
        "auto",
        "simd",
        "reference");

    private readonly Option<int?> _threads = OptionKinds.Count(
        "--threads", "N", "Threads to use; all processors if not given.", int.MaxValue);

    public void AddTo(Command command)
    {
        command.Add(_device);
        command.Add(_threads);
    }

    public SoftBonEngine Create(ParseResult parsed)
    {
        var options = new SoftBonOptions
        {
            Backend = parsed.GetRequiredValue(_device) switch
            {
                "simd" => SoftBonBackend.Simd,
                "reference" => SoftBonBackend.Reference,
                _ => SoftBonBackend.Auto,
            },
            MaxDegreeOfParallelism = parsed.GetValue(_threads) ?? -1,
        };
        try
        {
            return SoftBonEngine.CreateHost(options);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }
    }
}
