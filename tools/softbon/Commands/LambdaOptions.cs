using System.CommandLine;
using System.Globalization;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Commands;

/// <summary>The temperature: given, or as a budget.</summary>
internal sealed class LambdaOptions
{
    private readonly Option<float?> _lambda = OptionKinds.Float(
        "--lambda", "L|inf", "The temperature, in reward units: 0 is best-of-n, inf picks uniformly.");

    private readonly Option<float?> _targetKl = OptionKinds.Float(
        "--target-kl", "X", "Instead of --lambda: the smallest one whose weights' KL to uniform is at most X nats.");

    private readonly Option<float?> _targetEss = OptionKinds.Float(
        "--target-ess", "X", "Instead of --lambda: the smallest one whose effective sample size is at least X.");

    private readonly Option<bool> _allowNegative = OptionKinds.Switch(
        "--allow-negative-lambda", "Take a negative lambda for soft worst-of-n instead of refusing it.");

    public void AddTo(Command command)
    {
        command.Add(_lambda);
        command.Add(_targetKl);
        command.Add(_targetEss);
        command.Add(_allowNegative);
    }

    public LambdaSetting Read(ParseResult parsed)
    {
        bool allowNegative = parsed.GetValue(_allowNegative);
        return (parsed.GetValue(_lambda), parsed.GetValue(_targetKl), parsed.GetValue(_targetEss)) switch
        {
            ({ } lambda, null, null) when lambda >= 0 || allowNegative =>
                new LambdaSetting(LambdaMode.Given, lambda, allowNegative),
            ({ } lambda, null, null) => throw new FaultException(
                $"--lambda {Show(lambda)} is negative; it has to be 0 to inf, or pass --allow-negative-lambda"),
            (null, { } nats, null) => new LambdaSetting(
                LambdaMode.TargetKl, AtLeast(nats, 0, "--target-kl"), allowNegative),
            (null, null, { } size) => new LambdaSetting(
                LambdaMode.TargetEss, AtLeast(size, 1, "--target-ess"), allowNegative),
            (null, null, null) => throw new FaultException(
                "no temperature; pass one of --lambda, --target-kl and --target-ess, for example --lambda 0.1"),
            _ => throw new FaultException(
                "more than one temperature; pass one of --lambda, --target-kl and --target-ess"),
        };
    }

    private static float AtLeast(float value, float least, string option) => value >= least
        ? value
        : throw new FaultException(
            $"{option} {Show(value)} is out of range; it has to be at least {Show(least)}");

    private static string Show(float value) => value.ToString(CultureInfo.InvariantCulture);
}
