namespace SoftBoN.Server.Load;

/// <summary>The operations that are measured, on fixed inputs whose results the reference backend gave.</summary>
internal sealed class LoadCases : IAsyncDisposable
{
    private const int Inputs = 64;
    private const int Dimension = 4096;

    private readonly List<IAsyncDisposable> owned = [];
    private readonly SoftBonEngine engine;
    private readonly bool isOnDevice;
    private readonly SoftBonEngine reference = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });

    public LoadCases(SoftBonEngine engine)
    {
        this.engine = engine;
        isOnDevice = engine.Device.Backend is not (SoftBonBackend.Simd or SoftBonBackend.Reference);
        All =
        [
            Score(1, 1, hasPick: false),
            Score(19, 1, hasPick: false),
            Score(1, 8, hasPick: false),
            Score(1, 8, hasPick: true),
            Score(19, 8, hasPick: true),
            Select(8),
            Select(64),
            Select(1024),
            isOnDevice ? DeviceTilt(1000) : Tilt(1000),
            isOnDevice ? DeviceTilt(32_000) : Tilt(32_000),
        ];
    }

    public IReadOnlyList<LoadCase> All { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable batcher in owned)
        {
            await batcher.DisposeAsync();
        }

        reference.Dispose();
    }

    private LoadCase Score(int heads, int rows, bool hasPick)
    {
        var head = new RewardModelHead
        {
            Dimension = Dimension,
            Weights = Floats(1, heads * Dimension),
            Mixture = Floats(2, heads),
        };
        ScoreInput[] inputs = [.. Enumerable.Range(0, Inputs).Select(id => new ScoreInput(
            Floats(100 + id, rows * Dimension), rows, hasPick ? new PickInput(0.5f, (ulong)id, 0) : null))];
        var expected = new ScoreOperation(reference, head).Run(inputs);
        var alone = new ScoreOperation(engine, head);
        var batcher = new MicroBatcher<ScoreInput, ScoredPick>(
            isOnDevice
                ? new DeviceOperation<ScoreInput, ScoredPick>(alone, engine, null, used => new ScoreStage(used, head))
                : alone,
            new BatcherOptions { MaxBatchRows = 1024 });
        owned.Add(batcher);
        return new LoadCase(
            $"score{(hasPick ? " and select" : "")}, {rows} x {Dimension}, {heads} head{(heads == 1 ? "" : "s")}",
            i => IsSame(expected[i % Inputs], alone.Run([inputs[i % Inputs]])[0]),
            async i => IsSame(expected[i % Inputs], await batcher.Submit(inputs[i % Inputs], null, default)),
            () => batcher.Counts);
    }

    private LoadCase Select(int candidates) => Trial(
        $"select, n = {candidates}",
        used => new SelectTrial(used, candidates),
        id => new SelectTrial.Input(Floats(id, candidates), (ulong)id));

    private LoadCase Tilt(int vocabulary) => Trial(
        $"tilt, {vocabulary} tokens",
        used => new TiltTrial(used, vocabulary),
        id => new TiltTrial.Input(Floats(id, vocabulary), (ulong)id));

    /// <summary>As the batcher does it.</summary>
    private LoadCase DeviceTilt(int vocabulary)
    {
        TiltRequest[] inputs = [.. Enumerable.Range(0, Inputs).Select(id => new TiltRequest
        {
            Logits = Floats(id, vocabulary),
            Seed = (ulong)id,
            Position = 0,
        })];
        var shape = new TiltShape(vocabulary, 16, TokenNoise.PerBlock);
        TiltedToken[] expected = new TiltOperation(reference, shape).Run(inputs);
        var alone = new TiltOperation(engine, shape);
        var batcher = new TiltBatcher(engine, vocabulary);
        owned.Add(batcher);
        return new LoadCase(
            $"tilt, {vocabulary} tokens",
            i => expected[i % Inputs] == alone.Run([inputs[i % Inputs]])[0],
            async i => expected[i % Inputs] == await batcher.TiltAsync(inputs[i % Inputs]),
            () => batcher.Counts);
    }

    private LoadCase Trial<TInput>(
        string name, Func<SoftBonEngine, IBatchOperation<TInput, int>> operation, Func<int, TInput> input)
    {
        TInput[] inputs = [.. Enumerable.Range(0, Inputs).Select(input)];
        int[] expected = operation(reference).Run(inputs);
        IBatchOperation<TInput, int> alone = operation(engine);
        var batcher = new MicroBatcher<TInput, int>(operation(engine), new BatcherOptions());
        owned.Add(batcher);
        return new LoadCase(
            name,
            i => expected[i % Inputs] == alone.Run([inputs[i % Inputs]])[0],
            async i => expected[i % Inputs] == await batcher.Submit(inputs[i % Inputs], null, default),
            () => batcher.Counts);
    }

    private static bool IsSame(ScoredPick expected, ScoredPick actual) =>
        expected.Index == actual.Index
        && BitConverter.SingleToInt32Bits(expected.LogProbability) == BitConverter.SingleToInt32Bits(actual.LogProbability)
        && expected.Scores.Rewards.Select(BitConverter.SingleToInt32Bits)
            .SequenceEqual(actual.Scores.Rewards.Select(BitConverter.SingleToInt32Bits));

    private static float[] Floats(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
