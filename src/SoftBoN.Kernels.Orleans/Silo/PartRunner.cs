namespace SoftBoN.Kernels.Orleans;

/// <summary>Gives each part to its operation.</summary>
internal static class PartRunner
{
    public static byte[] Run(SiloEngine silo, PartRequest request)
    {
        byte[] payload = request.Payload;
        int limit = silo.State.MaxMessageBytes;
        return request.Operation switch
        {
            PartOperation.Select => SelectionPart.Run(silo.Engine, payload, limit),
            PartOperation.SoftWeights => SoftWeightsPart.Run(silo.Engine, payload, limit),
            PartOperation.TiltTokens => TokenTiltPart.Run(silo.Engine, payload, limit),
            PartOperation.SumShard => TokenShardPart.Run(silo.Host, payload, limit, draws: false),
            PartOperation.DrawShard => TokenShardPart.Run(silo.Host, payload, limit, draws: true),
            PartOperation.ScoreRewards => RewardScoringPart.Run(silo.Engine, payload, limit),
            PartOperation.RunPlan => RewardPlanPart.Run(silo.Host, payload, limit),
            PartOperation.Majority => MajorityPart.Run(silo.Engine, payload, limit),
            _ => throw new ClusterException($"Operation {request.Operation} is not known; run the same version on both sides."),
        };
    }
}
