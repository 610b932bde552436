using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Puts soft best-of-n into a pipeline of chat clients.</summary>
public static class SoftBestOfNChatClientBuilderExtensions
{
    /// <summary>
    /// Answers each request with one of n responses of the client below, picked with probability proportional to
    /// exp(reward / lambda).
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="reward">Scores a response.</param>
    /// <param name="n">Responses drawn per request, 1 to 1024.</param>
    /// <param name="lambda">The temperature in units of the reward, 0 to +infinity.</param>
    /// <param name="configure">Sets the other options; null for none.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ChatClientBuilder UseSoftBestOfN(
        this ChatClientBuilder builder,
        ResponseReward reward,
        int n,
        float lambda,
        Action<SoftBestOfNOptions>? configure = null)
    {
        var options = new SoftBestOfNOptions { N = n, Lambda = lambda };
        configure?.Invoke(options);
        return builder.UseSoftBestOfN(reward, options);
    }

    /// <summary>The same with all options, such as a KL budget in place of lambda.</summary>
    /// <remarks>
    /// Draws come from the client below by whole responses, also where the answer is streamed: the stream starts when the
    /// pick is made. The engine is the services' own, or one on the processor where they have none. A request that
    /// carries a conversation's identity is refused, since n draws would be added to that conversation.
    /// </remarks>
    /// <param name="builder">The pipeline.</param>
    /// <param name="reward">Scores a response.</param>
    /// <param name="options">The options; read once, now.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ChatClientBuilder UseSoftBestOfN(
        this ChatClientBuilder builder, ResponseReward reward, SoftBestOfNOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(options);
        var settings = new SoftBestOfNSettings(options);
        return builder.Use((inner, services) =>
        {
            SoftBonEngine? shared = services.GetService<SoftBonEngine>();
            return new SoftBestOfNChatClient(
                inner, reward, settings, shared ?? SoftBonEngine.CreateHost(), ownsEngine: shared == null);
        });
    }
}
