namespace SoftBoN.Tool.Study.Sequence;

/// <summary>
/// The value of a state under the tilt: log E[exp(rewards to come / lambda)], by recursion from the end. The optimal
/// tilt of a chain is the chain whose symbol has probability in proportion to its own times exp(reward / lambda + value
/// of where it leads).
/// </summary>
internal sealed class ChainValue
{
    private readonly SymbolChain _chain;
    private readonly double _lambda;
    private readonly List<double[]> _logs;

    public ChainValue(SymbolChain chain, double lambda)
    {
        _chain = chain;
        _lambda = lambda;
        _logs = [new double[chain.States]];
    }

    /// <summary>The value with this many symbols to come, one per state.</summary>
    public double[] Of(int remaining)
    {
        lock (_logs)
        {
            while (_logs.Count <= remaining)
            {
                double[] later = _logs[^1];
                _logs.Add([.. Enumerable.Range(0, _chain.States).Select(state => Back(state, later))]);
            }

            return _logs[remaining];
        }
    }

    private double Back(int state, double[] later)
    {
        int[] symbols = [.. Enumerable.Range(0, _chain.Symbols).Where(symbol => _chain.Law[state][symbol] > 0)];
        double[] exponents = [.. symbols.Select(symbol =>
            (_chain.Rewards[symbol] / _lambda) + later[_chain.Next[state][symbol]])];
        double highest = exponents.Max();
        return highest + Math.Log(symbols.Select((symbol, i) =>
            _chain.Law[state][symbol] * Math.Exp(exponents[i] - highest)).Sum());
    }
}
