using System.Diagnostics;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>What one run of a setting took, in milliseconds.</summary>
/// <param name="Wall">All of it.</param>
/// <param name="Draw">Kernels that draw tokens.</param>
/// <param name="Select">Kernels that select among candidates.</param>
/// <param name="Reward">Mean reward per token: what was sampled.</param>
internal readonly record struct LoopTime(double Wall, double Draw, double Select, double Reward);

/// <summary>
/// Decodes sequences by blocks with a model and a reward that cost nothing, so that what is left is the library's own
/// cost: candidates are drawn token by token, their rewards summed, one of them selected.
/// </summary>
internal sealed class DecodeLoop
{
    private readonly Workload _work;
    private readonly SoftBonEngine _engine;
    private readonly float _lambda;
    private readonly float[] _logits;
    private readonly float[] _rewards;
    private readonly int[] _promptOfWalk;
    private readonly ulong[] _positions;
    private readonly int[] _drawn;
    private readonly float[] _sums;
    private readonly int[] _picks;

    /// <param name="work">The setting.</param>
    /// <param name="engine">What draws tokens and selects.</param>
    /// <param name="lambda">The temperature.</param>
    public DecodeLoop(Workload work, SoftBonEngine engine, double lambda)
    {
        (_work, _engine, _lambda) = (work, engine, (float)lambda);
        int walks = work.Prompts * work.Candidates;

        // Every second token has a reward of 1: a fair coin, whatever the vocabulary.
        _rewards = [.. Enumerable.Range(0, work.Vocabulary).Select(token => token % 2 == 1 ? 1f : 0f)];
        _logits = new float[work.Prompts * work.Vocabulary];
        _promptOfWalk = [.. Enumerable.Range(0, walks).Select(walk => walk / work.Candidates)];
        _positions = new ulong[walks];
        (_drawn, _sums, _picks) = (new int[walks], new float[walks], new int[work.Prompts]);
    }

    public LoopTime Run(ulong seed)
    {
        long begin = Stopwatch.GetTimestamp();
        (long draw, long select, double reward) = (0, 0, 0);
        for (int start = 0; start < _work.Length; start += _work.Block)
        {
            int size = Math.Min(_work.Block, _work.Length - start);
            Array.Clear(_sums);
            for (int step = start; step < start + size; step++)
            {
                long from = Stopwatch.GetTimestamp();
                Draw(step, isFirst: step == start, seed);
                draw += Stopwatch.GetTimestamp() - from;
                for (int walk = 0; walk < _sums.Length; walk++)
                {
                    _sums[walk] += _rewards[_drawn[walk]];
                }
            }

            long at = Stopwatch.GetTimestamp();
            Select(start, seed);
            select += Stopwatch.GetTimestamp() - at;
            for (int prompt = 0; prompt < _picks.Length; prompt++)
            {
                reward += _sums[(prompt * _work.Candidates) + _picks[prompt]];
            }
        }

        return new(
            Stopwatch.GetElapsedTime(begin).TotalMilliseconds,
            Stopwatch.GetElapsedTime(0, draw).TotalMilliseconds,
            Stopwatch.GetElapsedTime(0, select).TotalMilliseconds,
            reward / _work.Prompts / _work.Length);
    }

    /// <summary>The walks of a prompt part at a block's first token; from then on each has a row of its own.</summary>
    private void Draw(int step, bool isFirst, ulong seed)
    {
        int rows = isFirst ? _work.Prompts : _promptOfWalk.Length;
        for (int row = 0; row < rows; row++)
        {
            _positions[row] = ((ulong)row * (ulong)_work.Length) + (ulong)step;
        }

        _engine.TiltTokens(
            TokenMatrix.Of(_logits, _work.Prompts, _work.Vocabulary),
            new()
            {
                RowMap = isFirst ? [] : _promptOfWalk,
                Draws = isFirst ? _work.Candidates : 1,
                Seed = seed,
                Position = _positions.AsSpan(0, rows),
            },
            new() { Token = _drawn });
    }

    private void Select(int start, ulong seed)
    {
        for (int prompt = 0; prompt < _work.Prompts; prompt++)
        {
            _positions[prompt] = ((ulong)prompt * (ulong)_work.Length) + (ulong)start;
        }

        _engine.Select(
            _sums,
            Rows.Dense(_work.Prompts, _work.Candidates),
            new() { Lambda = _lambda, Seed = ~seed, Position = _positions.AsSpan(0, _work.Prompts) },
            _picks);
    }
}
