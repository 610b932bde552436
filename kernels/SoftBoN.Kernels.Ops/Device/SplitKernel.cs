using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// What the teams that share a row do before there can be a result, a launch each: a launch sees what all teams wrote in
/// the one before, so nobody waits for another team.
/// </summary>
internal static class SplitKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>Looks at rewards and offsets.</summary>
    public static void Look(SplitArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args);
        RowExtremes extremes = team.Look(args.Lambdas.Of(in team.Row).IsNegative);
        extremes.Largest = Team<TWarp, TTeam>.Fold<LargestFold>(extremes.Largest, in team.Place);
        extremes.Smallest = Team<TWarp, TTeam>.Fold<SmallestFold>(extremes.Smallest, in team.Place);
        extremes.Included = Team<TWarp, TTeam>.Fold<AddFold>(extremes.Included, in team.Place);
        bool invalid = false;
        if (args.Offsets.IsGiven != 0)
        {
            invalid = Team<TWarp, TTeam>.Any(SelectionKernel<TWarp, TTeam, On>.HasInvalidOffset(in team), in team.Place);
        }

        if (team.Place.Thread == 0)
        {
            args.Memory.State.Add(extremes, invalid);
        }
    }

    /// <summary>Sums segments.</summary>
    public static void Sum(SplitArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args);
        SoftWeightsSums sums = default;
        team.Recall(args.Memory.State, ref sums);
        team.SumSegments(args.Wanted, in sums);
    }

    /// <summary>Sums 1 - exp(x) over segments, where a row needs it.</summary>
    public static void Complement(SplitArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args);
        SoftWeightsSums sums = default;
        team.Recall(args.Memory.State, ref sums);
        args.Memory.State.Read(ref sums);
        team.SumComplements(in sums);
    }

    /// <summary>Adds segments' sums, one team a row.</summary>
    public static void Fold(SplitArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args);
        SoftWeightsSums sums = default;
        team.AddSegments(args.Wanted, default, ref sums);
        if (team.Place.Thread == 0)
        {
            args.Memory.State.Keep(in sums);
        }
    }

    /// <summary>Adds segments' sums of 1 - exp(x), one team a row.</summary>
    public static void FoldComplements(SplitArgs args)
    {
        TeamRow<TWarp, TTeam> team = Open(in args);
        SoftWeightsSums sums = default;
        args.Memory.State.Read(ref sums);
        sums.Complements = Team<TWarp, TTeam>.RowSum(0f, SumTerms.ComplementKind, team.Segments, in team.Place);
        if (team.Place.Thread == 0)
        {
            args.Memory.State.Keep(in sums);
        }
    }

    private static TeamRow<TWarp, TTeam> Open(in SplitArgs args) => SplitRow<TWarp, TTeam>.Open(
        in args.Rows, in args.Lambdas, in args.Offsets, in args.Memory);
}

/// <summary>A row that several teams share.</summary>
internal static class SplitRow<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The row in the grid's first index, and the thread's team.</summary>
    public static TeamRow<TWarp, TTeam> Open(
        in KernelRows rows, in KernelLambda lambdas, in KernelOffsets offsets, in SplitMemory memory)
    {
        TeamRow<TWarp, TTeam> team = default;
        team.Rows = rows;
        team.Lambdas = lambdas;
        team.Offsets = offsets;
        team.Place = TeamPlace.Of<TTeam>();
        team.Place.Share(in memory);
        team.Row = rows.At(Grid.IdxX);
        return team;
    }
}
