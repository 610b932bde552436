namespace SoftBoN.Tool.Study.Sequence;

/// <summary>What a rule does to a sequence as a whole.</summary>
/// <param name="Reward">The expected sum of rewards.</param>
/// <param name="KlFromTilt">KL(optimal tilt, law), nats.</param>
/// <param name="KlFromModel">KL(law, model), nats.</param>
internal readonly record struct ChainFigures(double Reward, double KlFromTilt, double KlFromModel);

/// <summary>By what a block is selected.</summary>
internal enum Guidance
{
    /// <summary>Its reward and lambda times the value of the state it ends in: the tilt's own factors.</summary>
    Value,

    /// <summary>Its reward alone, as if nothing came after it.</summary>
    Myopic,
}

/// <summary>A rule for sequences: blocks of a length, each selected from n candidates.</summary>
/// <param name="Block">The block length; the last block may be shorter.</param>
/// <param name="Candidates">n; null is the limit of infinitely many, where each block follows its own tilt.</param>
/// <param name="Guidance">By what blocks are selected.</param>
internal readonly record struct BlockRule(int Block, int? Candidates, Guidance Guidance = Guidance.Value);
