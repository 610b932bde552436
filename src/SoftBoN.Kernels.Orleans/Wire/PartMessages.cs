namespace SoftBoN.Kernels.Orleans;

/// <summary>What a part asks for.</summary>
internal enum PartOperation
{
    Select,
    SoftWeights,
    TiltTokens,
    SumShard,
    DrawShard,
    ScoreRewards,
    RunPlan,
    Majority,
}

/// <summary>Why a part has no result.</summary>
internal enum PartFault
{
    None,

    /// <summary>The other side is of another version.</summary>
    Version,

    /// <summary>The message is larger than the silo takes.</summary>
    TooLarge,

    /// <summary>The silo's device failed, or it is about to end: others may do.</summary>
    Unavailable,

    /// <summary>The part failed, and would fail elsewhere too.</summary>
    Failed,
}

/// <summary>Some rows of a call.</summary>
[GenerateSerializer]
[Immutable]
[Alias("SoftBoN.PartRequest")]
internal sealed class PartRequest
{
    [Id(0)]
    public string Version { get; init; } = "";

    [Id(1)]
    public PartOperation Operation { get; init; }

    [Id(2)]
    public byte[] Payload { get; init; } = [];
}

/// <summary>Their results, or why there are none; and how the silo is.</summary>
[GenerateSerializer]
[Immutable]
[Alias("SoftBoN.PartReply")]
internal sealed class PartReply
{
    [Id(0)]
    public SiloState Silo { get; init; } = new();

    [Id(1)]
    public PartFault Fault { get; init; }

    [Id(2)]
    public string Message { get; init; } = "";

    [Id(3)]
    public byte[] Payload { get; init; } = [];
}

/// <summary>A silo as clients see it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("SoftBoN.SiloState")]
internal sealed record SiloState
{
    /// <summary>Of this start of the silo, so that one that was started anew is another one.</summary>
    [Id(0)]
    public Guid Id { get; init; }

    [Id(1)]
    public string Name { get; init; } = "";

    [Id(2)]
    public string Version { get; init; } = "";

    [Id(3)]
    public string Backend { get; init; } = "";

    [Id(4)]
    public string Device { get; init; } = "";

    [Id(5)]
    public bool IsGpu { get; init; }

    /// <summary>How many parts it works on at once.</summary>
    [Id(6)]
    public int PartsAtOnce { get; init; } = 1;

    /// <summary>How many it has, those that wait included.</summary>
    [Id(7)]
    public int Parts { get; init; }

    /// <summary>The largest message that it takes or gives, in bytes.</summary>
    [Id(8)]
    public int MaxMessageBytes { get; init; }

    /// <summary>Where clients reach the silos of the cluster, as address:port; may be empty.</summary>
    [Id(9)]
    public string[] Gateways { get; init; } = [];
}
