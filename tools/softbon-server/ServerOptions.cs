using System.ComponentModel.DataAnnotations;

namespace SoftBoN.Server;

/// <summary>The server's limits, from the section "Server" of its configuration.</summary>
internal sealed class ServerOptions
{
    /// <summary>The most bytes of a request's body.</summary>
    [Range(1, 1 << 30)]
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The most rows of a request.</summary>
    [Range(1, 1 << 20)]
    public int MaxRows { get; set; } = 1024;

    /// <summary>The most picks of a request, rows times draws.</summary>
    [Range(1, 1 << 24)]
    public int MaxPicks { get; set; } = 1 << 16;

    /// <summary>The most candidates times draws of a request, which its time grows with: about 0.1 s of a core.</summary>
    [Range(1, 1L << 40)]
    public long MaxWork { get; set; } = 1 << 24;

    /// <summary>How many requests are worked on at a time.</summary>
    [Range(1, 1 << 16)]
    public int MaxConcurrent { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>How many more may wait.</summary>
    [Range(0, 1 << 20)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>What requests have to carry as X-Api-Key; none where it is empty.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>How long the end waits for requests under way, in seconds.</summary>
    [Range(0, 3600)]
    public int ShutdownSeconds { get; set; } = 30;
}
