using SoftBoN.Kernels.Cuda;

namespace SoftBoN.Kernels.Native.Cuda;

/// <summary>A call, or the question how much workspace it needs.</summary>
internal readonly unsafe struct Measured<T>
    where T : unmanaged
{
    private readonly long* bytes;
    private readonly bool isMeasured;

    public Measured(T* args) => Args = args;

    public Measured(T* args, long* bytes)
    {
        Args = args;
        this.bytes = bytes;
        isMeasured = true;
    }

    public T* Args { get; }

    /// <summary>Where the answer goes; null where the call is to be made.</summary>
    public long* Answer()
    {
        if (isMeasured && bytes == null)
        {
            NativeFault.Argument("bytes is null; pass the address of an int64_t.");
        }

        return bytes;
    }
}

/// <summary>Runs calls in the host's context, or measures them.</summary>
internal static unsafe class CudaOperations
{
    public static void Select(AttachedCuda attached, Measured<SelectArgs> call)
    {
        CudaSelection made = CudaCalls.SelectionOf(NativeCall.Read(call.Args, "softbon_select_args"));
        if (call.Answer() is var bytes && bytes != null)
        {
            *bytes = attached.Cuda.WorkspaceBytes(in made);
        }
        else
        {
            attached.Cuda.Select(in made);
        }
    }

    public static void Weights(AttachedCuda attached, Measured<WeightsArgs> call)
    {
        CudaSoftWeights made = CudaCalls.WeightsOf(NativeCall.Read(call.Args, "softbon_weights_args"));
        if (call.Answer() is var bytes && bytes != null)
        {
            *bytes = attached.Cuda.WorkspaceBytes(in made);
        }
        else
        {
            attached.Cuda.SoftWeights(in made);
        }
    }

    public static void Majority(AttachedCuda attached, Measured<MajorityArgs> call)
    {
        CudaMajority made = CudaCalls.MajorityOf(NativeCall.Read(call.Args, "softbon_majority_args"));
        if (call.Answer() is var bytes && bytes != null)
        {
            *bytes = attached.Cuda.WorkspaceBytes(in made);
        }
        else
        {
            attached.Cuda.Majority(in made);
        }
    }

    public static void Tilt(AttachedCuda attached, Measured<TiltArgs> call)
    {
        CudaTokenTilt made = CudaTokenCalls.TiltOf(NativeCall.Read(call.Args, "softbon_tilt_args"));
        if (call.Answer() is var bytes && bytes != null)
        {
            *bytes = attached.Cuda.WorkspaceBytes(in made);
        }
        else
        {
            attached.Cuda.TiltTokens(in made);
        }
    }

    public static void Score(AttachedCuda attached, Measured<ScoreArgs> call)
    {
        CudaRewardScoring made = CudaRewardCalls.ScoringOf(NativeCall.Read(call.Args, "softbon_score_args"));
        if (call.Answer() is var bytes && bytes != null)
        {
            *bytes = attached.Cuda.WorkspaceBytes(in made);
        }
        else
        {
            attached.Cuda.ScoreRewards(in made);
        }
    }

    public static void Run(AttachedCuda attached, Measured<RunArgs> call)
    {
        CudaRewardPlan made = CudaRewardCalls.PlanOf(NativeCall.Read(call.Args, RunArgs.Type), attached);
        if (call.Answer() is var bytes && bytes != null)
        {
            *bytes = attached.Cuda.WorkspaceBytes(in made);
        }
        else
        {
            attached.Cuda.Run(in made);
        }
    }
}
