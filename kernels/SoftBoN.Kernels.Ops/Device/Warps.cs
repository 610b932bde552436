using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>How the 32 threads of a warp exchange values. All threads of a group take part in every exchange.</summary>
internal interface IWarp
{
    /// <summary>
    /// Whether the exchanges of a fold are written out: faster where they are an instruction each, and where they are
    /// barriers too much for compilers that turn those into loops.
    /// </summary>
    static abstract bool WritesOut { get; }

    /// <summary>The value of the thread whose number differs in the bits of a mask.</summary>
    static abstract uint Xor(uint value, int mask, in TeamPlace place);

    /// <summary>Whether something is true for any thread that takes part in the same exchanges, whatever its team.</summary>
    static abstract bool AnyNearby(bool value, in TeamPlace place);
}

/// <summary>By the hardware's shuffles, for devices whose warps have 32 threads.</summary>
internal readonly struct ShuffleWarp : IWarp
{
    public static bool WritesOut => true;

    public static uint Xor(uint value, int mask, in TeamPlace place) => Warp.ShuffleXor(value, mask);

    public static bool AnyNearby(bool value, in TeamPlace place)
    {
        uint any = value ? 1u : 0u;
        any |= Warp.ShuffleXor(any, 16);
        any |= Warp.ShuffleXor(any, 8);
        any |= Warp.ShuffleXor(any, 4);
        any |= Warp.ShuffleXor(any, 2);
        any |= Warp.ShuffleXor(any, 1);
        return any != 0;
    }
}

/// <summary>Through the group's shared memory: for any device, whatever its warps are.</summary>
internal readonly struct SharedWarp : IWarp
{
    public static bool WritesOut => false;

    public static uint Xor(uint value, int mask, in TeamPlace place)
    {
        place.Exchange[place.Thread] = value;
        DeviceIntrinsics.Barrier();
        uint other = place.Exchange[place.Thread ^ mask];
        DeviceIntrinsics.Barrier();
        return other;
    }

    public static bool AnyNearby(bool value, in TeamPlace place)
    {
        if (place.Thread == 0)
        {
            place.Exchange[0] = 0;
        }

        DeviceIntrinsics.Barrier();
        if (value)
        {
            place.Exchange[0] = 1;
        }

        DeviceIntrinsics.Barrier();
        bool any = place.Exchange[0] != 0;
        DeviceIntrinsics.Barrier();
        return any;
    }
}

/// <summary>No warp: a thread that works alone.</summary>
internal readonly struct NoWarp : IWarp
{
    public static bool WritesOut => false;

    public static uint Xor(uint value, int mask, in TeamPlace place) => value;

    public static bool AnyNearby(bool value, in TeamPlace place) => value;
}
