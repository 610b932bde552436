using System.ComponentModel.DataAnnotations;

namespace SoftBoN.Server;

/// <summary>The server's limits, from the section "Server" of its configuration.</summary>
internal sealed class ServerOptions
{
    /// <summary>The most bytes of a request's body.</summary>
    [Range(1, 1 << 30)]
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>How many bodies may come in at a time; they take about so many times MaxBodyBytes of memory.</summary>
    [Range(1, 1 << 16)]
    public int MaxUploads { get; set; } = 512;

    /// <summary>How long a body may take to come in, in seconds.</summary>
    [Range(1, 3600)]
    public int BodySeconds { get; set; } = 30;

    /// <summary>
    /// The fewest bytes of a body in a second, on average after the first 5 seconds; any rate will do where it is 0.
    /// </summary>
    [Range(0, 1 << 30)]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>
    /// The fewest bytes of an answer that a client has to take in a second, on average after the first 5 seconds; any rate will
    /// do where it is 0.
    /// </summary>
    [Range(0, 1 << 30)]
    public int MinAnswerBytesPerSecond { get; set; } = 1 << 14;

    /// <summary>How long bodies may still come in once the end has begun, in seconds.</summary>
    [Range(0, 3600)]
    public int EndingBodySeconds { get; set; } = 2;

    /// <summary>The most rows of a request.</summary>
    [Range(1, 1 << 20)]
    public int MaxRows { get; set; } = 1024;

    /// <summary>The most picks of a request, rows times draws.</summary>
    [Range(1, 1 << 24)]
    public int MaxPicks { get; set; } = 1 << 16;

    /// <summary>The most candidates times draws of a request, which its time grows with: about 0.1 s of a core.</summary>
    [Range(1, 1L << 40)]
    public long MaxWork { get; set; } = 1 << 24;

    /// <summary>How many requests are worked on at a time, once their bodies are there.</summary>
    [Range(1, 1 << 16)]
    public int MaxConcurrent { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>How many more may wait with their bodies.</summary>
    [Range(0, 1 << 20)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>What requests have to carry as X-Api-Key; none where it is empty.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>How long the end waits for requests under way, in seconds.</summary>
    [Range(0, 3600)]
    public int ShutdownSeconds { get; set; } = 30;
}
