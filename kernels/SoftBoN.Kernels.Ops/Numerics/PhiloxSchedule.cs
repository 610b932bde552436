using System.Numerics;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>What is the same for all words of a row: its keys for each round, spread over vector lanes.</summary>
internal unsafe struct PhiloxSchedule
{
    private const int MaxLanes = 8;

    /// <summary>For each round from the third on, the first key in every lane, then the second.</summary>
    public fixed ulong LaneKeys[(Philox4x32.Rounds - 2) * 2 * MaxLanes];

    public NoiseKey Key;
    /// <summary>What the first two rounds make of it.</summary>
    public PhiloxHead Head;

    private bool hasKeys;

    /// <summary>Makes the schedule that of a row; cheap where the seed is the last row's.</summary>
    public void Set(in NoiseKey key)
    {
        if (!hasKeys || key.Seed != Key.Seed)
        {
            SetLaneKeys(key);
        }

        Key = key;
        Head.Set(in key);
    }

    private void SetLaneKeys(in NoiseKey key)
    {
        int lanes = Vector<ulong>.Count;
        fixed (ulong* keys = LaneKeys)
        {
            ulong* next = keys;
            for (uint round = 2; round < Philox4x32.Rounds; round++)
            {
                Vector.Create((ulong)(key.SeedLow + (round * Philox4x32.W0))).Store(next);
                Vector.Create((ulong)(key.SeedHigh + (round * Philox4x32.W1))).Store(next + lanes);
                next += 2 * lanes;
            }
        }

        hasKeys = true;
    }
}
