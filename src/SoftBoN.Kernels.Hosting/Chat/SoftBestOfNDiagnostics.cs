using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting;

/// <summary>What became of a request's draws, on the response that was picked.</summary>
/// <remarks>
/// Log-probability, divergence and effective sample size are those of the responses that were drawn and scored. The same
/// rewards, lambda, seed and position give the same pick by <c>SoftBonEngine.Select</c>.
/// </remarks>
public sealed record SoftBestOfNDiagnostics
{
    /// <summary>The name under which these are in the response's additional properties: "softbon.selection".</summary>
    public const string PropertyName = "softbon.selection";

    /// <summary>The number of the draw that was picked, 0 to N - 1.</summary>
    public required int Index { get; init; }

    /// <summary>The picked response's reward.</summary>
    public required float Reward { get; init; }

    /// <summary>In nats: its log-probability among the responses that were scored.</summary>
    public required float LogProbability { get; init; }

    /// <summary>In nats: how far the pick was ahead; near 0 was a close call, +infinity had no other.</summary>
    public required float Margin { get; init; }

    /// <summary>The lambda that was used, given or found.</summary>
    public required float Lambda { get; init; }

    /// <summary>In nats: the divergence of the weights from uniform.</summary>
    public required float KlToUniform { get; init; }

    /// <summary>In responses: 1 / sum of squared weights.</summary>
    public required float EffectiveSampleSize { get; init; }

    /// <summary>[N]: the rewards by number of draw; NaN where a draw failed or was not needed.</summary>
    public required IReadOnlyList<float> Rewards { get; init; }

    /// <summary>Draws that were asked for.</summary>
    public required int Requested { get; init; }

    /// <summary>Draws that were started.</summary>
    public required int Started { get; init; }

    /// <summary>Draws that were answered and scored.</summary>
    public required int Succeeded { get; init; }

    /// <summary>What went wrong with draws, by their number.</summary>
    public required IReadOnlyDictionary<int, Exception> Failures { get; init; }

    /// <summary>The key of the noise.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The place in the key's stream.</summary>
    public required ulong Position { get; init; }

    /// <summary>The diagnostics of a response; null where it was not selected so.</summary>
    /// <param name="response">The response.</param>
    /// <returns>The diagnostics, or null.</returns>
    public static SoftBestOfNDiagnostics? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.GetValueOrDefault(PropertyName) as SoftBestOfNDiagnostics;
    }
}
