namespace SoftBoN.Kernels.Ops;

/// <summary>How two parts of a canonical sum or product become one.</summary>
internal interface IJoin<T>
    where T : struct
{
    static abstract T Of(T a, T b);
}

internal readonly struct SumJoin : IJoin<float>
{
    public static float Of(float a, float b) => a + b;
}

internal readonly struct ProductJoin : IJoin<ScaledFloat>
{
    public static ScaledFloat Of(ScaledFloat a, ScaledFloat b) => a.Times(b);
}

/// <summary>
/// <see cref="LaneTurn.Fold"/> in registers, for a thread that has a row of at most 32 elements to itself: up to eight groups
/// of four lanes.
/// </summary>
internal struct MemberFold<T, TJoin>
    where T : struct
    where TJoin : struct, IJoin<T>
{
    private T first;
    private T second;
    private T third;

    /// <summary>Joins a group of lanes to those before it; in the last turn that is the whole.</summary>
    public T Add(T group, int turn)
    {
        if ((turn & 1) == 0)
        {
            first = group;
            return group;
        }

        group = TJoin.Of(first, group);
        if ((turn & 2) == 0)
        {
            second = group;
            return group;
        }

        group = TJoin.Of(second, group);
        if ((turn & 4) == 0)
        {
            third = group;
            return group;
        }

        return TJoin.Of(third, group);
    }
}
