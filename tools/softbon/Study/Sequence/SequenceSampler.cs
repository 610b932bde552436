namespace SoftBoN.Tool.Study.Sequence;

/// <summary>
/// Samples sequences by the library's kernels. What comes out depends on the seed and on nothing that computes it.
/// </summary>
/// <param name="engine">What draws symbols and selects blocks.</param>
/// <param name="exact">The chain, its temperature and values.</param>
/// <param name="seed">Any integer.</param>
internal sealed class SequenceSampler(SoftBonEngine engine, ExactChain exact, ulong seed)
{
    private const int MostWalkers = 1 << 17;
    private const int MostProposals = 1024;

    private readonly SymbolChain _chain = exact.Chain;

    private readonly float[] _logits =
        [.. exact.Chain.Law.SelectMany(row => row.Select(mass => (float)Math.Log(mass)))];

    /// <summary>How many sequences had each sum of rewards, from 0 up.</summary>
    public long[] Totals(int length, BlockRule rule, int sequences)
    {
        int n = rule.Candidates!.Value;
        long[] counts = new long[(length * _chain.HighestReward) + 1];

        int chunk = Math.Max(1, Math.Min(sequences, MostWalkers / n));
        for (int done = 0; done < sequences; done += chunk)
        {
            var batch = new Batch(done, Math.Min(chunk, sequences - done), n, length);
            int[] totals = rule.Block == 1 && n <= MostProposals
                ? Symbolwise(batch, rule.Guidance)
                : Blockwise(batch, rule);
            foreach (int total in totals)
            {
                counts[total]++;
            }
        }

        return counts;
    }

    /// <summary>Each symbol is one draw of the token kernel's own soft best-of-n.</summary>
    private int[] Symbolwise(Batch batch, Guidance guidance)
    {
        int[] states = [.. Enumerable.Repeat(_chain.Start, batch.Rows)];
        int[] totals = new int[batch.Rows];
        int[] symbols = new int[batch.Rows];
        for (int step = 0; step < batch.Length; step++)
        {
            float[] rewards = SymbolRewards(batch.Length - step - 1, guidance);
            engine.TiltTokens(
                Matrix(_logits),
                new()
                {
                    Rewards = Matrix(rewards),
                    RowMap = states,
                    RewardMap = states,
                    Lambda = (float)exact.Lambda,
                    Mode = TokenTiltMode.SoftBestOfN,
                    Proposals = batch.Candidates,
                    Seed = seed,
                    Position = batch.Positions(step, perRow: 1),
                },
                new() { Token = symbols });
            Walk(states, totals, symbols);
        }

        return totals;
    }

    private int[] Blockwise(Batch batch, BlockRule rule)
    {
        int[] starts = [.. Enumerable.Repeat(_chain.Start, batch.Rows)];
        int[] totals = new int[batch.Rows];
        int[] picks = new int[batch.Rows];
        for (int begin = 0; begin < batch.Length; begin += rule.Block)
        {
            int size = Math.Min(rule.Block, batch.Length - begin);
            (int[] states, int[] rewards) = Propose(batch, starts, begin, size);
            float[] scores = Scores(states, rewards, batch.Length - begin - size, rule.Guidance);

            // The complement keeps the noise of the selection apart from that of the candidates.
            engine.Select(
                scores,
                Rows.Dense(batch.Rows, batch.Candidates),
                new() { Lambda = (float)exact.Lambda, Seed = ~seed, Position = batch.Positions(begin, perRow: 1) },
                picks);
            for (int row = 0; row < batch.Rows; row++)
            {
                int pick = (row * batch.Candidates) + picks[row];
                starts[row] = states[pick];
                totals[row] += rewards[pick];
            }
        }

        return totals;
    }

    /// <summary>The candidates' ends and rewards: walks of the chain from where each row stands.</summary>
    private (int[] States, int[] Rewards) Propose(Batch batch, int[] starts, int begin, int size)
    {
        int[] states = [.. starts.SelectMany(start => Enumerable.Repeat(start, batch.Candidates))];
        int[] rewards = new int[states.Length];
        int[] symbols = new int[states.Length];
        for (int step = begin; step < begin + size; step++)
        {
            engine.TiltTokens(
                Matrix(_logits),
                new() { RowMap = states, Seed = seed, Position = batch.Positions(step, batch.Candidates) },
                new() { Token = symbols });
            Walk(states, rewards, symbols);
        }

        return (states, rewards);
    }

    private void Walk(int[] states, int[] rewards, int[] symbols)
    {
        for (int i = 0; i < states.Length; i++)
        {
            rewards[i] += _chain.Rewards[symbols[i]];
            states[i] = _chain.Next[states[i]][symbols[i]];
        }
    }

    private float[] SymbolRewards(int remaining, Guidance guidance)
    {
        double[] value = exact.Value.Of(remaining);
        return [.. Enumerable.Range(0, _chain.States).SelectMany(state => Enumerable.Range(0, _chain.Symbols).Select(
            symbol => Score(_chain.Rewards[symbol], value[_chain.Next[state][symbol]], guidance)))];
    }

    private float[] Scores(int[] states, int[] rewards, int remaining, Guidance guidance)
    {
        double[] value = exact.Value.Of(remaining);
        return [.. rewards.Select((reward, i) => Score(reward, value[states[i]], guidance))];
    }

    private float Score(int reward, double value, Guidance guidance) =>
        (float)(guidance == Guidance.Value ? reward + (exact.Lambda * value) : reward);

    private TokenMatrix Matrix(float[] values) => TokenMatrix.Of(values, _chain.States, _chain.Symbols);

    /// <summary>Sequences that are sampled together.</summary>
    private sealed record Batch(int First, int Rows, int Candidates, int Length)
    {
        /// <summary>A place of its own for each sequence, candidate and step, whatever the batch.</summary>
        public ulong[] Positions(int step, int perRow)
        {
            var positions = new ulong[Rows * perRow];
            for (int i = 0; i < positions.Length; i++)
            {
                positions[i] = (((ulong)First * (ulong)perRow) + (ulong)i) * (ulong)Length + (ulong)step;
            }

            return positions;
        }
    }
}
