using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Which step of a tilt in shards is taken; none for a tilt of whole rows.</summary>
internal enum TokenShardStep
{
    None,
    Sum,
    Draw,
    Score,
    Rank,
    Top,
    Finish,
    FinishTop,
}

/// <summary>A step of a tilt in shards, and its memory, pinned.</summary>
internal readonly unsafe struct TokenShardPlace(
    TokenShardStep step, TokenShard shard, byte* states, long stateBytes, TokenPick* picks, long pickBytes)
{
    public readonly TokenShardStep Step = step;
    public readonly TokenShard Shard = shard;
    public readonly byte* States = states;
    public readonly long StateBytes = stateBytes;
    public readonly TokenPick* Picks = picks;
    public readonly long PickBytes = pickBytes;
}
