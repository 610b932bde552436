namespace SoftBoN.Kernels.Orleans;

/// <summary>Gives each part to its operation.</summary>
internal static class PartRunner
{
    public static byte[] Run(SiloEngine silo, PartRequest request) => request.Operation switch
    {
        PartOperation.Select => SelectionPart.Run(silo.Engine, request.Payload, silo.State.MaxMessageBytes),
        PartOperation.SoftWeights => SoftWeightsPart.Run(silo.Engine, request.Payload, silo.State.MaxMessageBytes),
        _ => throw new ClusterException($"Operation {request.Operation} is not known; run the same version on both sides."),
    };
}
