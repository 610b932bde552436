using System.Net;

namespace SoftBoN.Tool.Cluster;

/// <summary>Who keeps the table of silos.</summary>
internal enum SiloTable
{
    /// <summary>The first silo, in its memory.</summary>
    FirstSilo,

    Redis,
    AdoNet,
}

/// <summary>What a silo is.</summary>
internal sealed record SiloSettings
{
    public required string Name { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>Where the other silos reach it.</summary>
    public required IPEndPoint Silo { get; init; }

    /// <summary>Where clients reach it, at the same address.</summary>
    public required int GatewayPort { get; init; }

    public required SiloTable Table { get; init; }

    /// <summary>The first silo, where that keeps the table; this silo itself if it is the first.</summary>
    public required IPEndPoint First { get; init; }

    /// <summary>How Redis or the database is reached.</summary>
    public string Connection { get; init; } = "";

    public required SoftBonOptions Engine { get; init; }

    public required int PartsAtOnce { get; init; }

    public required int MessageBytes { get; init; }

    public IPEndPoint Gateway => new(Silo.Address, GatewayPort);
}
