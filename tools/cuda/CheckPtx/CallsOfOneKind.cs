using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.CheckPtx;

/// <summary>
/// Kernels with some of their arguments known, so that what other calls take is compiled away: their main part is what calls
/// of one kind run. Nobody launches them.
/// </summary>
internal static class CallsOfOneKind
{
    /// <summary>All of them; each has a name that says what it is.</summary>
    public static IEnumerable<DeviceKernel> Kernels =>
    [
        new("Picks.Sixteen.Shuffle (rows of 64)", Picks64.Method, GroupSize: 256, UsesShuffles: true),
        new("Picks.Warp.Shuffle (rows of 1024)", Picks1024.Method, GroupSize: 256, UsesShuffles: true),
        Tokens("TokenSegments", "float32", FloatTokens),
        Tokens("TokenSegments", "half", HalfTokens),
        Tokens("TokenSegments", "bfloat16", BFloat16Tokens),
        Tokens("TokenTiltedSegments", "float32", TiltedFloatTokens),
        Tokens("TokenTiltedSegments", "bfloat16", TiltedBFloat16Tokens),
        Tokens("TokenTiltedSegments", "float32, all outputs", AllOfTiltedFloatTokens),
    ];

    private static Action<SelectionKernelArgs> Picks64 => PicksOf64;

    private static Action<SelectionKernelArgs> Picks1024 => PicksOf1024;

    private static DeviceKernel Tokens(string kernel, string kind, Action<TokenKernelArgs> entry) =>
        new($"{kernel}.Warp.Shuffle ({kind})", entry.Method, GroupSize: 256, UsesShuffles: true);

    private static void PicksOf64(SelectionKernelArgs args) => Pick<Team16>(args, columns: 64);

    private static void PicksOf1024(SelectionKernelArgs args) => Pick<Team32>(args, columns: 1024);

    private static void Pick<TTeam>(SelectionKernelArgs args, int columns)
        where TTeam : struct, ITeam
    {
        (args.Rows.Layout, args.Rows.IsOrdered, args.Rows.IsAligned) = ((int)RowLayout.Strided, 0, 1);
        (args.Rows.Columns, args.Rows.RowStride, args.Rows.ColumnStride) = (columns, columns, 1);
        SelectionKernel<ShuffleWarp, TTeam, Off>.Run(args);
    }

    private static void FloatTokens(TokenKernelArgs args) => Run<Off>(args, TokenElement.Float32);

    private static void HalfTokens(TokenKernelArgs args) => Run<Off>(args, TokenElement.Half);

    private static void BFloat16Tokens(TokenKernelArgs args) => Run<Off>(args, TokenElement.BFloat16);

    private static void TiltedFloatTokens(TokenKernelArgs args) => Run<On>(args, TokenElement.Float32);

    private static void TiltedBFloat16Tokens(TokenKernelArgs args) => Run<On>(args, TokenElement.BFloat16);

    private static void AllOfTiltedFloatTokens(TokenKernelArgs args)
    {
        args.Wanted = TokenOutputFlag.Kl | TokenOutputFlag.EffectiveSampleSize;
        RunWanted<On>(args, TokenElement.Float32);
    }

    private static void Run<TRewards>(TokenKernelArgs args, TokenElement element)
        where TRewards : struct, IFlag
    {
        args.Wanted = TokenOutputFlag.Token | TokenOutputFlag.LogSumExp;
        RunWanted<TRewards>(args, element);
    }

    private static void RunWanted<TRewards>(TokenKernelArgs args, TokenElement element)
        where TRewards : struct, IFlag
    {
        args.Logits.Element = (int)element;
        args.Rewards.Element = (int)element;
        (args.HasMask, args.HasSparse, args.HasLeast, args.MayPropose) = (0, 0, 0, 0);
        (args.MakesStates, args.MakesSums, args.MakesRaces) = (1, 1, 0);
        TokenSegmentsKernel<ShuffleWarp, Team32, TRewards>.Run(args);
    }
}
