namespace SoftBoN.Kernels.Hosting;

/// <summary>Settings and results of a batch of tilts, on both sides.</summary>
internal sealed class TiltSettings(SoftBonEngine engine) : IDisposable
{
    public StagedArray<float> Lambda { get; } = new(engine);

    public StagedArray<float> Temperature { get; } = new(engine);

    public StagedArray<int> TopK { get; } = new(engine);

    public StagedArray<float> TopP { get; } = new(engine);

    public StagedArray<float> MinP { get; } = new(engine);

    public StagedArray<float> TopNSigma { get; } = new(engine);

    public StagedArray<TokenTiltMode> Mode { get; } = new(engine);

    public StagedArray<ulong> Seed { get; } = new(engine);

    public StagedArray<ulong> Position { get; } = new(engine);

    public StagedArray<int> Token { get; } = new(engine);

    public StagedArray<float> LogProbability { get; } = new(engine);

    public StagedArray<float> BaseLogProbability { get; } = new(engine);

    public StagedArray<float> ModelLogProbability { get; } = new(engine);

    public StagedArray<float> Kl { get; } = new(engine);

    public StagedArray<RowStatus> Status { get; } = new(engine);

    private StagedArray<float>[] Floats =>
        [Lambda, Temperature, TopP, MinP, TopNSigma, LogProbability, BaseLogProbability, ModelLogProbability, Kl];

    public void Resize(int count)
    {
        Array.ForEach(Floats, array => array.Resize(count));
        TopK.Resize(count);
        Mode.Resize(count);
        Seed.Resize(count);
        Position.Resize(count);
        Token.Resize(count);
        Status.Resize(count);
    }

    public void Set(int row, TiltRequest request)
    {
        Lambda.Host[row] = request.Lambda;
        Temperature.Host[row] = request.Temperature;
        TopK.Host[row] = request.TopK;
        TopP.Host[row] = request.TopP;
        MinP.Host[row] = request.MinP;
        TopNSigma.Host[row] = request.TopNSigma;
        Mode.Host[row] = request.Mode;
        Seed.Host[row] = request.Seed;
        Position.Host[row] = request.Position;
    }

    public TiltedToken Get(int row) => new(
        Token.Host[row],
        LogProbability.Host[row],
        BaseLogProbability.Host[row],
        ModelLogProbability.Host[row],
        Kl.Host[row],
        Status.Host[row]);

    public void CopyIn(SoftBonQueue queue)
    {
        Lambda.CopyIn(queue);
        Temperature.CopyIn(queue);
        TopK.CopyIn(queue);
        TopP.CopyIn(queue);
        MinP.CopyIn(queue);
        TopNSigma.CopyIn(queue);
        Mode.CopyIn(queue);
        Seed.CopyIn(queue);
        Position.CopyIn(queue);
    }

    public void CopyOut(SoftBonQueue queue)
    {
        Token.CopyOut(queue);
        LogProbability.CopyOut(queue);
        BaseLogProbability.CopyOut(queue);
        ModelLogProbability.CopyOut(queue);
        Kl.CopyOut(queue);
        Status.CopyOut(queue);
    }

    public void Dispose()
    {
        Array.ForEach(Floats, array => array.Dispose());
        TopK.Dispose();
        Mode.Dispose();
        Seed.Dispose();
        Position.Dispose();
        Token.Dispose();
        Status.Dispose();
    }
}
