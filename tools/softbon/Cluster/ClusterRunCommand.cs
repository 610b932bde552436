using System.CommandLine;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Runs a silo until it is told to end.</summary>
internal sealed class ClusterRunCommand : ToolCommand
{
    private readonly ToolHost _host;
    private readonly SiloOptionSet _silo = new();

    public ClusterRunCommand(ToolHost host)
        : base("run", "Run a silo, which works on parts of the calls of clients, until Ctrl-C or SIGTERM.")
    {
        _host = host;
        _silo.AddTo(this);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon cluster run                                                the first silo, for this machine alone",
        "softbon cluster run --join localhost                               one more beside it",
        "softbon cluster run --address 10.0.0.1                             the first silo of several machines",
        "softbon cluster run --address 10.0.0.2 --join 10.0.0.1             the second",
        "softbon cluster run --address 10.0.0.2 --clustering redis --connection redis:6379",
        "softbon select --cluster 10.0.0.1 --input prompts.jsonl --lambda 0.1 --seed 42",
    ];

    private int Run(ParseResult parsed)
    {
        SiloSettings settings = _silo.Read(parsed);
        using var silo = new SiloHost(settings);
        silo.Start();
        using (StreamWriter output = _host.OpenText())
        {
            string others = settings.Table == SiloTable.FirstSilo
                ? $"others --join {settings.First}"
                : $"others of cluster {settings.ClusterId} find it by the same --connection";
            output.WriteLine($"silo {settings.Name} takes calls at {settings.Gateway}; {others}");
        }

        silo.WaitForEnd();
        return ExitCodes.Done;
    }
}
