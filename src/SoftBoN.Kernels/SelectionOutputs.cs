namespace SoftBoN.Kernels;

/// <summary>The caller's memory for the results of a selection; an output left empty is not computed.</summary>
/// <remarks>Outputs per draw are [rows, draws], row after row; outputs per row are [rows].</remarks>
public readonly ref struct SelectionOutputs
{
    /// <summary>Per draw: the picked candidate's place in its row; -1 where there is none.</summary>
    public Span<int> Index { get; init; }

    /// <summary>Per draw: the picked candidate's reward, as it was given.</summary>
    public Span<float> Reward { get; init; }

    /// <summary>
    /// Per draw, in nats: the picked candidate's log-probability under softmax(reward / lambda + offset); for distinct
    /// draws, under the softmax of the candidates not drawn before.
    /// </summary>
    public Span<float> LogProbability { get; init; }

    /// <summary>
    /// Per draw, in nats: the picked key minus the next best one; +infinity where there is no other. Zero or nearly zero
    /// means that the pick was a close call.
    /// </summary>
    public Span<float> Margin { get; init; }

    /// <summary>Per row: the lambda that was used, given or found.</summary>
    public Span<float> Lambda { get; init; }

    /// <summary>Per row: what became of it.</summary>
    public Span<RowStatus> Status { get; init; }
}
