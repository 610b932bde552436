using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Scores one response to a prompt. Called for several responses at the same time.</summary>
/// <param name="prompt">The messages that were sent.</param>
/// <param name="response">The response.</param>
/// <param name="cancellationToken">Cancelled when the response is no longer wanted.</param>
/// <returns>
/// The reward, in the units of lambda; -infinity excludes the response. NaN, +infinity and an exception count as a failed
/// draw.
/// </returns>
public delegate ValueTask<float> ResponseReward(
    IReadOnlyList<ChatMessage> prompt, ChatResponse response, CancellationToken cancellationToken);
