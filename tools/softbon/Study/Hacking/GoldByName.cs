using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>Gold rewards that are known better than the file has them, by the candidates' ids.</summary>
internal sealed class GoldByName
{
    private readonly Dictionary<string, double> _values = [];
    private readonly HashSet<string> _used = [];

    /// <param name="list">id=value, separated by commas; null for none.</param>
    public static GoldByName Read(string? list)
    {
        var names = new GoldByName();
        foreach (string pair in list?.Split(',') ?? [])
        {
            int sign = pair.LastIndexOf('=');
            if (sign < 1 || !OptionKinds.TryNumber(pair[(sign + 1)..], out double value) || !double.IsFinite(value))
            {
                throw new FaultException($"--gold-of {pair} is no id and number; write it like NullModel=0");
            }

            names._values[pair[..sign].Trim()] = value;
        }

        return names;
    }

    public double[] Apply(string[] names, double[] gold)
    {
        double[] result = [.. gold];
        for (int i = 0; i < names.Length; i++)
        {
            if (_values.TryGetValue(names[i], out double value))
            {
                result[i] = value;
                _used.Add(names[i]);
            }
        }

        return result;
    }

    /// <summary>An id that no candidate has is a slip of the pen.</summary>
    public void RefuseUnused()
    {
        if (_values.Keys.FirstOrDefault(name => !_used.Contains(name)) is { } name)
        {
            throw new FaultException($"--gold-of {name}: no candidate of the file has this id; check its spelling");
        }
    }
}
