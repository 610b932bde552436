namespace SoftBoN.Kernels.Native;

/// <summary>The arguments of a weighted majority (softbon_majority_args).</summary>
internal struct MajorityArgs
{
    public uint Size;
    public uint Reserved;
    public NativeArray<float> Rewards;
    public NativeRows Rows;
    public NativeLambda Lambda;
    public NativeArray<int> Answers;
    public NativeArray<int> Answer;
    public NativeArray<int> Index;
    public NativeArray<float> Share;
    public NativeArray<float> LambdaUsed;
    public NativeArray<RowStatus> Status;

    public static void Run(SoftBonEngine engine, in MajorityArgs args)
    {
        var outputs = new MajorityOutputs
        {
            Answer = args.Answer.Write("answer"),
            Index = args.Index.Write("index"),
            Share = args.Share.Write("share"),
            Lambda = args.LambdaUsed.Write("lambda_used"),
            Status = args.Status.Write("status"),
        };
        engine.Majority(
            args.Rewards.Read("rewards"), args.Rows.Read("rows"), args.Lambda.Read(), args.Answers.Read("answers"), outputs);
    }
}
