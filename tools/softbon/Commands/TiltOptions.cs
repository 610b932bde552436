using System.CommandLine;
using System.Globalization;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Tokens;

namespace SoftBoN.Tool.Commands;

/// <summary>What is asked of every row of tokens: the law, its truncation, how a token is drawn from it.</summary>
internal sealed class TiltOptions
{
    private const int MostDraws = (1 << 28) - 1;
    private const int MostProposals = 1024;
    private const int MostTop = 20;

    private readonly Option<float?> _lambda = OptionKinds.Float(
        "--lambda", "L|inf", "The rewards' temperature, 0 to inf, in their units; needed with --rewards.");

    private readonly Option<float?> _temperature = OptionKinds.Float(
        "--temperature", "T|inf", "The logits' temperature, 0 to inf; 1 if not given.");

    private readonly Option<ulong?> _seed = OptionKinds.Seed(
        "--seed", "Any 64-bit integer; with a row's position it gives the row's noise. Needed unless --mode greedy.");

    private readonly Option<ulong?> _firstPosition = OptionKinds.Seed(
        "--first-position", "Row i is numbered, and draws at, position N + i; 0 if not given.", "N");

    private readonly Option<int?> _topK = OptionKinds.Count(
        "--top-k", "K", "Keep the K largest logits, ties at the last included.", int.MaxValue);

    private readonly Option<float?> _topP = OptionKinds.Float(
        "--top-p", "P", "Keep the likeliest tokens until they have this probability together.");

    private readonly Option<float?> _minP = OptionKinds.Float(
        "--min-p", "P", "Keep tokens at least this times as likely as the likeliest.");

    private readonly Option<float?> _topNSigma = OptionKinds.Float(
        "--top-n-sigma", "N", "Keep logits at most N standard deviations below the largest.");

    private readonly Option<string> _mode = OptionKinds.Choice(
        "--mode",
        "tilt draws from the law itself, soft-best-of-n by reward among proposals, greedy takes the likeliest.",
        "tilt",
        "soft-best-of-n",
        "greedy");

    private readonly Option<int?> _proposals = OptionKinds.Count(
        "--proposals", "N", "Proposals per draw; needed for --mode soft-best-of-n.", MostProposals);

    private readonly Option<string> _noise = OptionKinds.Choice(
        "--noise", "What has noise of its own: blocks of 1024 tokens, or each token.", "block", "token");

    private readonly Option<int?> _draws = OptionKinds.Count(
        "--draws", "K", "Draws per row; the outputs per draw become arrays.", MostDraws);

    private readonly Option<bool> _rank = OptionKinds.Switch(
        "--rank", "Also report how many tokens are likelier than the one that was drawn.");

    private readonly Option<int?> _top = OptionKinds.Count(
        "--top", "M", "Also report the M likeliest tokens with their log-probabilities.", MostTop);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[
            _lambda, _temperature, _seed, _firstPosition, _topK, _topP, _minP, _topNSigma, _mode, _proposals, _noise,
            _draws, _rank, _top])
        {
            command.Add(option);
        }
    }

    public TiltSettings Read(ParseResult parsed, bool hasRewards)
    {
        var settings = new TiltSettings
        {
            Lambda = Read(parsed, _lambda, value => value >= 0, "0 to inf; to prefer low rewards, negate them"),
            Temperature = Read(parsed, _temperature, value => value >= 0, "0 to inf") ?? 1,
            Seed = parsed.GetValue(_seed),
            FirstPosition = parsed.GetValue(_firstPosition) ?? 0,
            TopK = parsed.GetValue(_topK) ?? 0,
            TopP = Read(parsed, _topP, value => value is > 0 and <= 1, "above 0, to 1") ?? 1,
            MinP = Read(parsed, _minP, value => value is >= 0 and <= 1, "0 to 1") ?? 0,
            TopNSigma = Read(parsed, _topNSigma, value => value >= 0, "at least 0") ?? float.PositiveInfinity,
            Mode = ReadMode(parsed),
            Proposals = parsed.GetValue(_proposals) ?? 0,
            Noise = parsed.GetRequiredValue(_noise) == "token" ? TokenNoise.PerToken : TokenNoise.PerBlock,
            Draws = parsed.GetValue(_draws) ?? 1,
            Arrays = parsed.GetValue(_draws) is not null,
            Rank = parsed.GetValue(_rank),
            Top = parsed.GetValue(_top) ?? 0,
        };
        Check(settings, hasRewards);
        return settings;
    }

    private static void Check(TiltSettings settings, bool hasRewards)
    {
        bool proposes = settings.Mode == TokenTiltMode.SoftBestOfN;
        string? fault = settings switch
        {
            { Lambda: null } when hasRewards => "no --lambda; --rewards need a temperature, for example --lambda 0.5",
            { Lambda: not null } when !hasRewards => "--lambda is given and there are no rewards; pass --rewards FILE",
            { Seed: null, Mode: not TokenTiltMode.Greedy } =>
                "no --seed; pass one, for example --seed 42, or --mode greedy",
            { Proposals: 0 } when proposes => "no --proposals; --mode soft-best-of-n needs them, for example --proposals 8",
            { Proposals: > 0 } when !proposes => "--proposals is for --mode soft-best-of-n",
            _ when (long)settings.Draws * Math.Max(1, settings.Proposals) > MostDraws => string.Create(
                CultureInfo.InvariantCulture,
                $"--draws {settings.Draws} times --proposals {settings.Proposals} is out of range; it has to be at most "
                + $"{MostDraws}"),
            _ => null,
        };
        if (fault != null)
        {
            throw new FaultException(fault);
        }
    }

    private static float? Read(ParseResult parsed, Option<float?> option, Func<float, bool> isValid, string limit)
    {
        float? value = parsed.GetValue(option);
        return value == null || isValid(value.Value)
            ? value
            : throw new FaultException(string.Create(
                CultureInfo.InvariantCulture, $"{option.Name} {value} is out of range; it has to be {limit}"));
    }

    private TokenTiltMode ReadMode(ParseResult parsed) => parsed.GetRequiredValue(_mode) switch
    {
        "soft-best-of-n" => TokenTiltMode.SoftBestOfN,
        "greedy" => TokenTiltMode.Greedy,
        _ => TokenTiltMode.Tilt,
    };
}
