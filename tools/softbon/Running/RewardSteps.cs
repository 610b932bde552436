using System.Globalization;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Running;

/// <summary>The steps that a run takes between the rewards of its input and those that it uses.</summary>
internal sealed class RewardSteps
{
    public const string Poolings = "mean|min|max|sum|product|mean-variance:C";
    public const string Calibrations = "z-score|min-max|quantile|clip:LOW:HIGH";
    public const string Penalties = "kl:BETA|length:GAMMA|kl:BETA,length:GAMMA";

    private const string LogProbability = "log_probability";
    private const string Reference = "reference_log_probability";
    private const string Length = "length";

    private readonly RewardPlan _plan;
    private readonly Column<float> _members = new();
    private readonly Column<int> _lengths = new();
    private bool _usesLogs;
    private bool _usesLengths;

    /// <param name="columns">The names of the rewards; empty where they have the usual one.</param>
    /// <param name="steps">Options and their values, in their order.</param>
    public RewardSteps(string[] columns, List<(string Option, string Value)> steps)
    {
        _plan = RewardPlan.FromRewards(Math.Max(1, columns.Length));
        foreach ((string option, string value) in steps)
        {
            _plan = Add(option, value);
        }

        if (_plan.Members > 1)
        {
            throw new FaultException(
                $"--reward-columns names {_plan.Members} rewards per candidate; make one of them with --ensemble {Poolings}");
        }

        var others = new List<string>();
        others.AddRange(_usesLogs ? [LogProbability, Reference] : []);
        others.AddRange(_usesLengths ? [Length] : []);
        Fields = new RowFields(columns, [.. others.Except(columns)], _usesLengths ? Length : null);
    }

    /// <summary>What has to be read of each candidate.</summary>
    public RowFields Fields { get; }

    /// <summary>Puts the rewards after the steps in the place of those that were read.</summary>
    public void Apply(SoftBonEngine engine, RowBatch batch, CancellationToken cancellationToken)
    {
        int candidates = batch.Rewards.Count;
        if (candidates == 0)
        {
            return;
        }

        _members.Clear();
        for (int i = 0; i < Fields.Rewards; i++)
        {
            _members.Append(batch.Values[i].Span);
        }

        if (Fields.Rewards == 0)
        {
            _members.Append(batch.Rewards.Span);
        }

        _lengths.Clear();
        foreach (float length in _usesLengths ? ValuesOf(batch, Length) : default)
        {
            _lengths.Add((int)length);
        }

        var inputs = new RewardPlanInputs
        {
            Rewards = _members.Span,
            LogProbability = _usesLogs ? ValuesOf(batch, LogProbability) : default,
            ReferenceLogProbability = _usesLogs ? ValuesOf(batch, Reference) : default,
            Length = _lengths.Span,
        };
        var outputs = new RewardPlanOutputs { Reward = batch.Rewards.Resize(candidates) };
        engine.Run(_plan, inputs, Rows.Ragged(batch.Starts.Span), default, outputs, cancellationToken);
    }

    private Span<float> ValuesOf(RowBatch batch, string name)
    {
        for (int i = 0; i < Fields.Names.Count; i++)
        {
            if (Fields.Names[i] == name)
            {
                return batch.Values[i].Span;
            }
        }

        return default;
    }

    private RewardPlan Add(string option, string value)
    {
        try
        {
            return option switch
            {
                "--ensemble" => _plan.Ensemble(Pooling(value)),
                "--calibrate" => Calibrated(value),
                _ => Penalized(value),
            };
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new FaultException($"{option} {value}: {fault.Message.Split('\n')[0]}");
        }
    }

    private static RewardPooling Pooling(string value) => value switch
    {
        "mean" => RewardPooling.Mean,
        "min" => RewardPooling.Min,
        "max" => RewardPooling.Max,
        "sum" => RewardPooling.Sum,
        "product" => RewardPooling.Product,
        _ when value.StartsWith("mean-variance:", StringComparison.Ordinal) =>
            RewardPooling.MeanLessVariance(Number("--ensemble", value, value["mean-variance:".Length..])),
        _ => throw Unknown("--ensemble", value, Poolings),
    };

    private RewardPlan Calibrated(string value)
    {
        string[] parts = value.Split(':');
        return parts switch
        {
            ["z-score"] => _plan.Calibrate(RewardCalibration.ZScore),
            ["min-max"] => _plan.Calibrate(RewardCalibration.MinMax),
            ["quantile"] => _plan.Calibrate(RewardCalibration.Quantile),
            ["clip", string low, string high] => _plan.Calibrate(RewardCalibration.Clip(
                Number("--calibrate", value, low), Number("--calibrate", value, high))),
            _ => throw Unknown("--calibrate", value, Calibrations),
        };
    }

    private RewardPlan Penalized(string value)
    {
        float beta = 0;
        float gamma = 0;
        foreach (string part in value.Split(','))
        {
            switch (part.Split(':'))
            {
                case ["kl", string price] when beta == 0:
                    beta = Number("--penalty", value, price);
                    break;
                case ["length", string price] when gamma == 0:
                    gamma = Number("--penalty", value, price);
                    break;
                default:
                    throw Unknown("--penalty", value, Penalties);
            }
        }

        RewardPlan longer = _plan.Penalize(beta, gamma);
        (_usesLogs, _usesLengths) = (beta != 0, gamma != 0);
        return longer;
    }

    private static float Number(string option, string value, string text) => OptionKinds.TryNumber(text, out double number)
        ? (float)number
        : throw new FaultException(string.Create(
            CultureInfo.InvariantCulture, $"{option} {value}: {text} is no number; write it like 0.5 or 1e-3"));

    private static FaultException Unknown(string option, string value, string words) =>
        new($"{option} {value} is not known; it has to be {words}");
}
