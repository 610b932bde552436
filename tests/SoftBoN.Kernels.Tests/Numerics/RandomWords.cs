using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>Random words as rows get them.</summary>
internal static class RandomWords
{
    public static unsafe uint[] Make(ulong seed, int count)
    {
        PhiloxSchedule schedule = default;
        var key = NoiseKey.ForCandidate(seed, position: 0, draw: 0);
        schedule.Set(in key);
        uint[] words = new uint[count + Philox4x32.WordsPerBlock];
        fixed (uint* pointer = words)
        {
            Philox4x32.Fill(pointer, in schedule, 0, count);
        }

        return words[..count];
    }
}
