namespace SoftBoN.Server.Select;

/// <summary>The rows' results, in their order.</summary>
internal sealed record SelectResponse(SelectedRow[] Rows);

/// <summary>One row's result. Numbers that JSON does not have are null.</summary>
/// <param name="Status">Ok, or what is wrong with the row.</param>
/// <param name="Lambda">The lambda that was used.</param>
/// <param name="Picks">As many as draws.</param>
internal sealed record SelectedRow(RowStatus Status, float? Lambda, SelectedCandidate[] Picks);

/// <summary>One pick.</summary>
/// <param name="Index">The candidate's place in its row; -1 where there is none.</param>
/// <param name="Reward">Its reward.</param>
/// <param name="LogProbability">In nats.</param>
/// <param name="Margin">In nats, to the runner-up; null where there is none.</param>
internal sealed record SelectedCandidate(int Index, float? Reward, float? LogProbability, float? Margin);
