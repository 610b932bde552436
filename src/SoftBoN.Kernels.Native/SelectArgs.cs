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
        if (args.Noise is < 0 or > (int)SelectionNoise.None)
        {
            NativeFault.Argument($"noise is {args.Noise}; pass 0 to {(int)SelectionNoise.None}, a softbon_noise.");
        }

        var options = new SelectionOptions
        {
            Lambda = args.Lambda.Read(),
            Seed = args.Seed.Read("seed"),
            Position = args.Position.Read("position"),
            Noise = (SelectionNoise)args.Noise,
            Draws = args.Draws == 0 ? 1 : args.Draws,
            Distinct = args.Distinct != 0,
            Offsets = args.Offsets.Read("offsets"),
            Elements = args.Elements.Read("elements"),
        };
        var outputs = new SelectionOutputs
        {
            Index = args.Index.Write("index"),
            Reward = args.Reward.Write("reward"),
            LogProbability = args.LogProbability.Write("log_probability"),
            Margin = args.Margin.Write("margin"),
            Lambda = args.LambdaUsed.Write("lambda_used"),
            Status = args.Status.Write("status"),
        };
        if (NativeRows.IsHuge(in args.Rewards))
        {
            engine.Select(args.Rows.ReadHuge(in args.Rewards), options, outputs);
        }
        else
        {
            engine.Select(args.Rewards.Read("rewards"), args.Rows.Read(), options, outputs);
        }
    }
}
