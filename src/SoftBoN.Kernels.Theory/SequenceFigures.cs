namespace SoftBoN.Kernels.Theory;

/// <summary>What a selected sequence gains and costs, for the sequence as a whole.</summary>
/// <param name="ExpectedReward">The expected sum of the symbols' rewards.</param>
/// <param name="KlTiltToSoft">KL(P* || P_n) in nats: the distance to the optimal tilt.</param>
/// <param name="KlSoftToReference">KL(P_n || P) in nats: the distance to the reference law.</param>
public readonly record struct SequenceFigures(double ExpectedReward, double KlTiltToSoft, double KlSoftToReference)
{
    internal SequenceFigures Times(int blocks) =>
        new(ExpectedReward * blocks, KlTiltToSoft * blocks, KlSoftToReference * blocks);

    internal SequenceFigures Plus(SequenceFigures other) => new(
        ExpectedReward + other.ExpectedReward,
        KlTiltToSoft + other.KlTiltToSoft,
        KlSoftToReference + other.KlSoftToReference);
}
