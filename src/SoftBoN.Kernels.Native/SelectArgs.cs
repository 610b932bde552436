namespace SoftBoN.Kernels.Native;

/// <summary>The arguments of a selection (softbon_select_args).</summary>
internal struct SelectArgs
{
    public uint Size;
    public uint Reserved;
    public NativeArray<float> Rewards;
    public NativeRows Rows;
    public NativeLambda Lambda;
    public NativeParameter<ulong> Seed;
    public NativeParameter<ulong> Position;
    public int Noise;
    public int Draws;
    public int Distinct;
    public int Reserved2;
    public NativeArray<float> Offsets;
    public NativeArray<uint> Elements;
    public NativeArray<int> Index;
    public NativeArray<float> Reward;
    public NativeArray<float> LogProbability;
    public NativeArray<float> Margin;
    public NativeArray<float> LambdaUsed;
    public NativeArray<RowStatus> Status;

    public static void Run(SoftBonEngine engine, in SelectArgs args)
    {
        SelectionOptions options = args.Options();
        SelectionOutputs outputs = args.Outputs();
        if (NativeRows.IsHuge(in args.Rewards))
        {
            engine.Select(args.Rows.ReadHuge(in args.Rewards), options, outputs);
        }
        else
        {
            engine.Select(args.Rewards.Read("rewards"), args.Rows.Read("rows"), options, outputs);
        }
    }

    public readonly SelectionOptions Options()
    {
        if (Noise is < 0 or > (int)SelectionNoise.None)
        {
            NativeFault.Argument($"noise is {Noise}; pass 0 to {(int)SelectionNoise.None}, a softbon_noise.");
        }

        return new SelectionOptions
        {
            Lambda = Lambda.Read(),
            Seed = Seed.Read("seed"),
            Position = Position.Read("position"),
            Noise = (SelectionNoise)Noise,
            Draws = Draws == 0 ? 1 : Draws,
            Distinct = Distinct != 0,
            Offsets = Offsets.Read("offsets"),
            Elements = Elements.Read("elements"),
        };
    }

    public readonly SelectionOutputs Outputs() => new()
    {
        Index = Index.Write("index"),
        Reward = Reward.Write("reward"),
        LogProbability = LogProbability.Write("log_probability"),
        Margin = Margin.Write("margin"),
        Lambda = LambdaUsed.Write("lambda_used"),
        Status = Status.Write("status"),
    };
}
