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
        Tokens("TokenSegments", "float32", FloatTokens),
        Tokens("TokenSegments", "half", HalfTokens),
        Tokens("TokenSegments", "bfloat16", BFloat16Tokens),
        Tokens("TokenTiltedSegments", "float32", TiltedFloatTokens),
        Tokens("TokenTiltedSegments", "bfloat16", TiltedBFloat16Tokens),
        Tokens("TokenTiltedSegments", "float32, all outputs", AllOfTiltedFloatTokens),
    ];

    private static DeviceKernel Tokens(string kernel, string kind, Action<TokenKernelArgs> entry) =>
        new($"{kernel}.Warp.Shuffle ({kind})", entry.Method, GroupSize: 256, UsesShuffles: true);

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
