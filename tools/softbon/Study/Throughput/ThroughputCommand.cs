using System.CommandLine;
using System.Globalization;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Plan;
using SoftBoN.Tool.Running;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>The measured cost of selection by blocks.</summary>
internal sealed class ThroughputCommand : StudyKind
{
    private const int LongestSequence = 256;
    private const int MostTokens = 1 << 18;
    private const int MostCandidates = 1 << 12;

    private readonly Option<string> _m = NumberLists.Counts(
        "--m", "Sequence lengths, separated by commas.", "4,8,12,16,20,24,28,32", LongestSequence);

    private readonly Option<string> _block = NumberLists.Counts(
        "--block", "Block lengths between 1 and m, separated by commas.", "4", LongestSequence);

    private readonly Option<string> _vocabulary = NumberLists.Counts(
        "--vocabulary", "Tokens to draw from, separated by commas.", "64,1024,8192", MostTokens, least: 2);

    private readonly Option<string> _n = NumberLists.Counts(
        "--n", "Candidates that the cost model is fitted at, separated by commas.", "4,16,64", MostCandidates);

    private readonly Option<string> _prompts = NumberLists.Counts(
        "--prompts", "Sequences side by side, separated by commas.", "1,8", 1 << 10);

    private readonly Option<string> _lambda = NumberLists.Values(
        "--lambda", "L", "The temperature, for the sum of rewards.", "1", 0.05, 100);

    private readonly Option<string> _kl = NumberLists.Values(
        "--kl", "X", "KL from the tilt, in nats per sequence, that counts as equal.", "0.1", 1e-4, 100);

    private readonly Option<string> _decode = BatchCost.Option("--decode-ms", "per decoded token", "1:12,64:15,512:40");

    private readonly Option<string> _reward = BatchCost.Option(
        "--reward-ms", "per reward evaluation", "1:15,64:30,512:200");

    public ThroughputCommand(ToolHost host)
        : base(host, "throughput", "What those settings cost here, measured, with a cost model that is checked.")
    {
        foreach (Option option in Lists)
        {
            Add(option);
        }

        AddEngineOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon study throughput --out studies/throughput",
        "softbon study throughput --out studies/here --decode-ms 1:9,256:14 --reward-ms 1:25,256:90 --device simd",
    ];

    private Option<string>[] Lists => [_m, _block, _vocabulary, _n, _prompts, _lambda, _kl, _decode, _reward];

    protected override IStudy Read(ParseResult parsed, SoftBonEngine engine)
    {
        IReadOnlyList<MeasuredDevice> devices = Devices(parsed, engine);
        return new ThroughputStudy
        {
            Parameters =
            [
                .. Lists.Select(option => new StudyParameter(option.Name[2..], parsed.GetRequiredValue(option))),
                new("threads", Threads(parsed).ToString(CultureInfo.InvariantCulture)),
                new("devices", string.Join(',', devices.Select(device => device.Name))) { IsOption = false },
                .. Machine.Describe().Where(fact => fact.Key is "cpu" or "processors")
                    .Select(fact => new StudyParameter(fact.Name, fact.Value) { IsOption = false }),
            ],
            Design = new ThroughputDesign
            {
                Lengths = Sorted(_m, parsed),
                Vocabularies = Sorted(_vocabulary, parsed),
                Candidates = Sorted(_n, parsed),
                Prompts = Sorted(_prompts, parsed),
                Blocks = Sorted(_block, parsed),
                Lambda = NumberLists.Single(_lambda, parsed),
                Kl = NumberLists.Single(_kl, parsed),
            },
            Devices = devices,
            Decode = BatchCost.Parse(parsed.GetRequiredValue(_decode), _decode.Name),
            Reward = BatchCost.Parse(parsed.GetRequiredValue(_reward), _reward.Name),
            Threads = Threads(parsed),
            Seed = 1,
        };
    }

    /// <summary>A device that is named, or all that run here: those for debugging only where they are named.</summary>
    private static MeasuredDevice[] Devices(ParseResult parsed, SoftBonEngine engine)
    {
        int threads = Threads(parsed);
        MeasuredDevice Of(SoftBonBackend backend) => new(
            BackendNames.Spell(backend),
            () => SoftBonEngine.Create(new() { Backend = backend, MaxDegreeOfParallelism = threads }));
        if (parsed.GetValue<string>("--device") != BackendNames.Spell(SoftBonBackend.Auto))
        {
            return [Of(engine.Device.Backend)];
        }

        IEnumerable<SoftBonBackend> gpus = SoftBonDevices.Probe()
            .Where(device => device.IsAvailable && device.IsGpu)
            .Select(device => device.Backend);
        return [.. gpus.Prepend(SoftBonBackend.Simd).Distinct().Select(Of)];
    }

    /// <summary>One unless more are asked for: what calls cost adds up on one thread, whatever their size.</summary>
    private static int Threads(ParseResult parsed) => parsed.GetValue<int?>("--threads") ?? 1;

    private static int[] Sorted(Option<string> option, ParseResult parsed) =>
        [.. NumberLists.Integers(parsed.GetRequiredValue(option)).Order()];
}
