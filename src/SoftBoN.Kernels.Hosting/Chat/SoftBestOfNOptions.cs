using Microsoft.Extensions.AI;

namespace SoftBoN.Kernels.Hosting;

/// <summary>How a chat client draws and selects.</summary>
public sealed class SoftBestOfNOptions
{
    /// <summary>The most responses of a request: 1024.</summary>
    public const int MostResponses = 1024;

    /// <summary>Responses drawn per request, 1 to 1024; has to be set.</summary>
    public int N { get; set; }

    /// <summary>
    /// The temperature in units of the reward, 0 to +infinity: 0 takes the best, +infinity any. Either this or
    /// <see cref="KlBudget"/> has to be set.
    /// </summary>
    public float? Lambda { get; set; }

    /// <summary>
    /// In nats, at least 0: the smallest lambda is used at which the weights' divergence from uniform is within this.
    /// </summary>
    public float? KlBudget { get; set; }

    /// <summary>How many draws of a request run at the same time, at least 1; 8 unless set.</summary>
    public int MaxConcurrency { get; set; } = 8;

    /// <summary>
    /// How many draws must succeed, 1 to <see cref="N"/>; 1 unless set. A request fails as soon as it cannot come to as
    /// many.
    /// </summary>
    public int MinimumSuccesses { get; set; } = 1;

    /// <summary>
    /// The largest reward there can be, finite; null where none is known. With it, and with <see cref="Lambda"/>,
    /// responses that could not be picked at even this reward are not drawn, and the pick is the one that all of them
    /// would have led to.
    /// </summary>
    public float? MaxReward { get; set; }

    /// <summary>
    /// The key of the selection's noise, any value. A request with <see cref="ChatOptions.Seed"/> has it mixed in.
    /// </summary>
    public ulong Seed { get; set; }

    /// <summary>
    /// A request's place in the stream of the seed. Null takes a hash of the messages' roles and texts, so that the same
    /// prompt has the same noise and others have their own.
    /// </summary>
    public Func<IReadOnlyList<ChatMessage>, ChatOptions?, ulong>? Position { get; set; }

    internal void Check()
    {
        if (N is < 1 or > MostResponses)
        {
            Throw.OutOfRange(nameof(N), N, $"Must be 1 to {MostResponses}.");
        }

        if (MaxConcurrency < 1)
        {
            Throw.OutOfRange(nameof(MaxConcurrency), MaxConcurrency, "Must be at least 1.");
        }

        if (MinimumSuccesses < 1 || MinimumSuccesses > N)
        {
            Throw.OutOfRange(nameof(MinimumSuccesses), MinimumSuccesses, $"Must be 1 to N, which is {N}.");
        }

        CheckTemperature();
        if (MaxReward is { } most && !float.IsFinite(most))
        {
            Throw.OutOfRange(nameof(MaxReward), most, "Must be finite; leave it null where no largest reward is known.");
        }
    }

    private void CheckTemperature()
    {
        if (Lambda.HasValue == KlBudget.HasValue)
        {
            Throw.Argument("Lambda and KlBudget are both set or both not; set one of them.", nameof(Lambda));
        }

        if (Lambda is { } lambda)
        {
            Throw.IfInvalid(lambda, 1);
        }
        else if (KlBudget is { } nats)
        {
            Throw.IfInvalid(Kernels.Lambda.TargetKl(nats), 1);
        }

        if (MaxReward.HasValue && KlBudget.HasValue)
        {
            Throw.Argument(
                "MaxReward stops draws early only under a given lambda, since a budget's lambda depends on all rewards; set "
                + "Lambda, or leave MaxReward null.",
                nameof(MaxReward));
        }
    }
}
