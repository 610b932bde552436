using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>Gumbel noise that is a function of seed, position and element, and the cheapest there is.</summary>
internal sealed class NoisePair : PairCase
{
    private readonly NoiseCase noise;

    public NoisePair(Shape shape)
        : base(shape, sizeof(float))
    {
        noise = Own(new NoiseCase(shape));
        Add("Gumbel noise, ours", noise.Gumbel);
        Add("xoshiro128+ and TensorPrimitives.Log", noise.PeerGumbel);
    }

    public override void Check() => noise.Check();
}
