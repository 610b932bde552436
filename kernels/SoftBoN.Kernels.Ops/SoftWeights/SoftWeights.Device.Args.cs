using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of soft weights as the kernel takes them: no view is absent, bits tell what is wanted.</summary>
internal struct SoftWeightsKernelArgs
{
    public KernelRows Rows;
    public KernelLambda Lambdas;
    public GroupMemory Shared;

    public int Wanted;
    public int AreWeightsAligned;

    public ArrayView<float> Weights;
    public ArrayView<float> LogWeights;
    public ArrayView<float> LogMeanExp;
    public ArrayView<float> EffectiveSampleSize;
    public ArrayView<float> Entropy;
    public ArrayView<float> KlToUniform;
    public ArrayView<float> ExpectedReward;
    public ArrayView<float> ChiSquare;
    public ArrayView<float> KlFromTiltBound;
    public ArrayView<float> KlFromModelBound;
    public ArrayView<float> LambdaUsed;
    public ArrayView<byte> Status;

    public readonly bool Wants(int output) => (Wanted & output) != 0;
}

/// <summary>The arguments of the last launch of soft weights of rows that several teams share.</summary>
internal struct SplitWeightsArgs
{
    public SoftWeightsKernelArgs Call;
    public SplitMemory Memory;
}
