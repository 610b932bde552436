using System.CommandLine;
using System.Net;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>The options of a silo.</summary>
internal sealed class SiloOptionSet
{
    /// <summary>Keeps what is secret off the command line, which other users can read.</summary>
    private const string ConnectionVariable = "SOFTBON_CLUSTER_CONNECTION";

    private const int MostPartsAtOnce = 256;
    private const int DefaultPartsAtOnce = 2;

    private readonly Option<string?> _address = OptionKinds.OptionalText(
        "--address", "HOST", "This machine, as other machines reach it [default: 127.0.0.1, for this machine alone].");

    private readonly Option<string?> _join = OptionKinds.OptionalText(
        "--join", "HOST[:PORT]", $"The first silo of the cluster; port {Endpoints.SiloPort} if not given. The first joins none.");

    private readonly Option<int?> _port = OptionKinds.Count(
        "--port", "PORT", $"For other silos [default: {Endpoints.SiloPort}; the next free one with --join].", Endpoints.MostPort);

    private readonly Option<int?> _gatewayPort = OptionKinds.Count(
        "--gateway-port",
        "PORT",
        $"For clients [default: {Endpoints.GatewayPort}; the next free one with --join].",
        Endpoints.MostPort);

    private readonly Option<string> _clustering = OptionKinds.Choice(
        "--clustering", "Who keeps the table of silos: localhost is the first silo, ado.net is PostgreSQL.", "localhost", "redis", "ado.net");

    private readonly Option<string?> _connection = OptionKinds.OptionalText(
        "--connection", "TEXT", $"How Redis or the database is reached; may stand in {ConnectionVariable} instead.");

    private readonly Option<string?> _name = OptionKinds.OptionalText(
        "--name", "NAME", "The silo's name in reports and metrics [default: the machine's, and the port].");

    private readonly Option<int?> _parts = OptionKinds.Count(
        "--parts-at-once", "N", $"Parts of calls to work on at once; others wait [default: {DefaultPartsAtOnce}].", MostPartsAtOnce);

    private readonly CommonClusterOptions _common = new();
    private readonly EngineOptions _engine = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [_address, _join, _port, _gatewayPort, _clustering, _connection, _name, _parts])
        {
            command.Add(option);
        }

        _common.AddTo(command);
        _engine.AddTo(command);
    }

    /// <summary>What the command line asks for.</summary>
    public SiloSettings Read(ParseResult parsed)
    {
        SiloTable table = ReadTable(parsed);
        IPAddress address = Endpoints.ResolveOne(_address.Name, parsed.GetValue(_address) ?? "127.0.0.1");
        IPEndPoint? first = ReadJoin(parsed, table, address);
        bool isFirst = table == SiloTable.FirstSilo && first is null;
        int port = Ports.Choose(
            address, _port.Name, parsed.GetValue(_port) ?? (isFirst ? Endpoints.SiloPort : null), Endpoints.SiloPort);
        int gateway = Ports.Choose(
            address,
            _gatewayPort.Name,
            parsed.GetValue(_gatewayPort) ?? (isFirst ? Endpoints.GatewayPort : null),
            Endpoints.GatewayPort);
        var silo = new IPEndPoint(address, port);
        return new SiloSettings
        {
            Name = parsed.GetValue(_name) ?? $"{Environment.MachineName}-{port}",
            ClusterId = _common.Id(parsed),
            Silo = silo,
            GatewayPort = gateway != port
                ? gateway
                : throw new FaultException($"--port and --gateway-port are both {port}; silos and clients need one each"),
            Table = table,
            First = first ?? silo,
            Connection = table == SiloTable.FirstSilo ? "" : ReadConnection(parsed),
            Engine = _engine.Read(parsed),
            PartsAtOnce = parsed.GetValue(_parts) ?? DefaultPartsAtOnce,
            MessageBytes = _common.MessageBytes(parsed),
        };
    }

    private SiloTable ReadTable(ParseResult parsed) => parsed.GetRequiredValue(_clustering) switch
    {
        "redis" => SiloTable.Redis,
        "ado.net" => SiloTable.AdoNet,
        _ when parsed.GetValue(_connection) is not null => throw new FaultException(
            "--connection is for --clustering redis or ado.net; name one, or drop it"),
        _ => SiloTable.FirstSilo,
    };

    private string ReadConnection(ParseResult parsed) =>
        parsed.GetValue(_connection) ?? Environment.GetEnvironmentVariable(ConnectionVariable) ?? throw new FaultException(
            $"--clustering {parsed.GetRequiredValue(_clustering)} needs --connection, or {ConnectionVariable} in the "
            + "environment: localhost:6379 for Redis, Host=localhost;Database=orleans;Username=… for PostgreSQL");

    private IPEndPoint? ReadJoin(ParseResult parsed, SiloTable table, IPAddress address)
    {
        if (parsed.GetValue(_join) is not { } text)
        {
            return null;
        }

        if (table != SiloTable.FirstSilo)
        {
            throw new FaultException("--join is for --clustering localhost; Redis or the database knows the other silos: drop it");
        }

        IPEndPoint first = Endpoints.Resolve(_join.Name, text, Endpoints.SiloPort)[0];
        return IPAddress.IsLoopback(first.Address) == IPAddress.IsLoopback(address)
            ? first
            : throw new FaultException(
                $"--join {text} is {first.Address} and this silo is at {address}, where it cannot be reached; give both the "
                + "addresses of their machines, with --address here and there");
    }
}
