using System.CommandLine;
using SoftBoN.NumericsProof;

var quick = new Option<bool>("--quick")
{
    Description = "Try every 1021st input of each range and 2^22 random pairs: seconds instead of minutes.",
};
var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
var pairs = new Option<long>("--pairs")
{
    Description = "How many random pairs to divide, at least 1.",
    DefaultValueFactory = _ => 1_000_000_000,
};
var threads = new Option<int>("--threads")
{
    Description = "How many threads work, at least 1.",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
pairs.Validators.Add(result => AtLeastOne(result, result.GetValue(pairs)));
threads.Validators.Add(result => AtLeastOne(result, result.GetValue(threads)));

var command = new RootCommand(
    "Proves what docs/numerics.md says of the arithmetic by trying every float: errors against double precision, "
    + "division by fused multiply-adds against IEEE, vectors against scalars. Exits with 1 where a claim fails.")
{
    quick,
    json,
    pairs,
    threads,
};
command.SetAction(options =>
{
    bool isQuick = options.GetValue(quick);
    var sweep = new Sweep(options.GetValue(threads), isQuick ? 1021u : 1u);
    long randomPairs = isQuick ? Math.Min(options.GetValue(pairs), 1 << 22) : options.GetValue(pairs);
    var report = new Report(
        sweep.IsExhaustive,
        [
            .. ElementaryClaims.Prove(sweep),
            .. DivisionClaims.Prove(sweep, randomPairs),
            .. NoiseClaims.Prove(sweep),
            .. NoiseBoundClaims.Prove(sweep),
        ]);
    Console.WriteLine(options.GetValue(json) ? report.ToJson() : report.ToTable());
    return report.Holds ? 0 : 1;
});
return command.Parse(args).Invoke();

static void AtLeastOne(System.CommandLine.Parsing.OptionResult result, long value)
{
    if (value < 1)
    {
        result.AddError($"{result.Option.Name} is {value}; it has to be at least 1.");
    }
}
