using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>What a token tilt is asked for beyond a token for each row.</summary>
internal enum TokenTiltKind
{
    /// <summary>Nothing: noise per block, no rewards.</summary>
    Plain,

    /// <summary>Noise for each token.</summary>
    NoisePerToken,

    /// <summary>A reward for each token.</summary>
    DenseRewards,

    /// <summary>The 50 likeliest tokens, and of those the nine tenths of probability.</summary>
    Truncated,
}

/// <summary>A token of a vocabulary for each row.</summary>
internal sealed unsafe class TokenTiltJob : Job
{
    private const int TopK = 50;
    private const float TopP = 0.9f;

    private readonly TokenTiltKind _kind;
    private readonly NumberMatrix _logits;
    private readonly NumberMatrix? _rewards;
    private readonly int[] _tokens;

    public TokenTiltJob(Shape shape, NumberFormat format = NumberFormat.Float32, TokenTiltKind kind = TokenTiltKind.Plain)
        : base(shape)
    {
        _kind = kind;
        _logits = new NumberMatrix(shape, format);
        _rewards = kind == TokenTiltKind.DenseRewards ? new NumberMatrix(shape, format) : null;
        _tokens = new int[shape.Rows];
    }

    public ReadOnlySpan<int> Tokens => _tokens;

    public override double BytesPerElement => _logits.BytesPerElement + (_rewards?.BytesPerElement ?? 0);

    public override float* Input => _logits.Pointer;

    public override long InputFloats => _logits.Floats;

    private TokenNoise Noise => _kind == TokenTiltKind.NoisePerToken ? TokenNoise.PerToken : TokenNoise.PerBlock;

    public override void Run(SoftBonEngine engine, int rows)
    {
        var outputs = new TokenTiltOutputs { Token = _tokens };
        TokenTiltOptions options = _kind switch
        {
            TokenTiltKind.DenseRewards => new()
            {
                Seed = NextSeed(),
                Rewards = _rewards!.First(rows),
                Lambda = UsualLambda,
            },
            TokenTiltKind.Truncated => new() { Seed = NextSeed(), TopK = TopK, TopP = TopP },
            _ => new() { Seed = NextSeed(), Noise = Noise },
        };
        engine.TiltTokens(_logits.First(rows), options, outputs);
    }

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceTokenMatrix logits = _logits.Place(memory);
        DeviceTokenMatrix rewards = _rewards?.Place(memory) ?? default;
        DeviceBuffer<int> tokens = memory.Out<int>(Shape.Rows);
        return queue =>
        {
            DeviceTokenTiltOptions options = _kind switch
            {
                TokenTiltKind.DenseRewards => new()
                {
                    Seed = NextSeed(),
                    Rewards = rewards,
                    Lambda = UsualLambda,
                },
                TokenTiltKind.Truncated => new() { Seed = NextSeed(), TopK = TopK, TopP = TopP },
                _ => new() { Seed = NextSeed(), Noise = Noise },
            };
            queue.TiltTokens(logits, options, new() { Token = tokens });
        };
    }

    public override void Dispose()
    {
        _logits.Dispose();
        _rewards?.Dispose();
    }

    protected override void Clear() => _tokens.AsSpan().Fill(-1);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(_tokens.AsSpan()).ToArray();
}
