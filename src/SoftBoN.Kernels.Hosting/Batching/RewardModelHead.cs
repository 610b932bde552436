namespace SoftBoN.Kernels.Hosting;

/// <summary>The weights of a reward model's heads, as a batcher keeps them.</summary>
public sealed class RewardModelHead
{
    /// <summary>[heads, dimension], row after row, all finite; has to be set.</summary>
    public required ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>The length of a hidden state, 1 to 2^20; has to be set.</summary>
    public required int Dimension { get; init; }

    /// <summary>[heads], finite; 0 where empty.</summary>
    public ReadOnlyMemory<float> Bias { get; init; }

    /// <summary>[heads], finite: the reward is the sum of share times score. Has to be set where there are several heads.</summary>
    public ReadOnlyMemory<float> Mixture { get; init; }

    /// <summary>The number of heads.</summary>
    public int Heads => Dimension < 1 ? 0 : Weights.Length / Dimension;

    internal void Check()
    {
        if (Dimension is < 1 or > TokenMatrix.MaxColumns)
        {
            Throw.OutOfRange(nameof(Dimension), Dimension, $"Must be 1 to {TokenMatrix.MaxColumns}.");
        }

        if (Heads == 0 || Weights.Length % Dimension != 0)
        {
            Throw.Argument(
                $"There are {Weights.Length} weights and hidden states have {Dimension} dimensions; pass as many for each head.",
                nameof(Weights));
        }
    }
}
