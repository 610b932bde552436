namespace SoftBoN.Server.Select;

/// <summary>From a request to its response. Bad values are ArgumentExceptions with the value, the limit and the cure.</summary>
internal static class SelectWork
{
    public static SelectResponse Run(
        SoftBonEngine engine, SelectRequest request, ServerOptions limits, CancellationToken cancellationToken)
    {
        long[] offsets = Offsets(request, limits);
        int rows = offsets.Length - 1;
        CheckNoise(request, rows);
        int draws = Draws(request, rows, limits);
        int[] index = new int[rows * draws];
        float[] reward = new float[index.Length];
        float[] logProbability = new float[index.Length];
        float[] margin = new float[index.Length];
        float[] lambda = new float[rows];
        var status = new RowStatus[rows];
        engine.Select(
            request.Rewards,
            Rows.Ragged(offsets),
            new SelectionOptions
            {
                Lambda = LambdaOf(request),
                Seed = request.Seed is { } seed ? seed : default(PerRow<ulong>),
                Position = request.Positions is { } positions ? positions : default(PerRow<ulong>),
                Noise = request.Noise,
                Draws = draws,
                Distinct = request.Distinct,
            },
            new SelectionOutputs
            {
                Index = index,
                Reward = reward,
                LogProbability = logProbability,
                Margin = margin,
                Lambda = lambda,
                Status = status,
            },
            cancellationToken);
        return new SelectResponse([.. Enumerable.Range(0, rows).Select(row => new SelectedRow(
            status[row],
            Finite(lambda[row]),
            [.. Enumerable.Range(row * draws, draws).Select(pick => new SelectedCandidate(
                index[pick], Finite(reward[pick]), Finite(logProbability[pick]), Finite(margin[pick])))]))]);
    }

    private static long[] Offsets(SelectRequest request, ServerOptions limits)
    {
        int[] lengths = Lengths(request, limits.MaxRows);
        long[] offsets = new long[lengths.Length + 1];
        for (int row = 0; row < lengths.Length; row++)
        {
            if (lengths[row] < 0)
            {
                throw new ArgumentException($"Row {row} has {lengths[row]} candidates; a row has at least 0.");
            }

            offsets[row + 1] = offsets[row] + lengths[row];
        }

        return offsets[^1] == request.Rewards.Length
            ? offsets
            : throw new ArgumentException(
                $"The rows have {offsets[^1]} candidates and there are {request.Rewards.Length} rewards; send one for each.");
    }

    private static int[] Lengths(SelectRequest request, int maxRows)
    {
        bool isDense = request.Rows.HasValue || request.Columns.HasValue;
        if (request.Rows.HasValue != request.Columns.HasValue || (isDense && request.Lengths != null))
        {
            throw new ArgumentException("Send rows and columns, or lengths, or none of them for one row.");
        }

        long rows = request.Rows ?? request.Lengths?.Length ?? 1;
        if (rows < 0 || rows > maxRows)
        {
            throw new ArgumentException($"There are {rows} rows; send 0 to {maxRows} at a time.");
        }

        if (!isDense)
        {
            return request.Lengths ?? [request.Rewards.Length];
        }

        int[] lengths = new int[rows];
        Array.Fill(lengths, request.Columns!.Value);
        return lengths;
    }

    private static int Draws(SelectRequest request, int rows, ServerOptions limits)
    {
        long most = limits.MaxPicks / Math.Max(1, rows);
        if (request.Draws < 1 || request.Draws > most)
        {
            throw new ArgumentException(
                $"There are {request.Draws} draws of {rows} rows; send 1 to {most} draws, or fewer rows.");
        }

        // Each draw looks at each candidate.
        int candidates = request.Rewards.Length;
        return (long)candidates * request.Draws <= limits.MaxWork
            ? request.Draws
            : throw new ArgumentException(
                $"There are {request.Draws} draws from {candidates} candidates; send at most {limits.MaxWork} draws times "
                + "candidates at a time.");
    }

    private static void CheckNoise(SelectRequest request, int rows)
    {
        if (!Enum.IsDefined(request.Noise))
        {
            throw new ArgumentException($"noise is {request.Noise}; send Gumbel, UniformRace or None.");
        }

        if (request.Seed == null && request.Noise != SelectionNoise.None)
        {
            throw new ArgumentException("There is no seed; send one, or \"noise\": \"None\".");
        }

        if (request.Positions is { } positions && positions.Length != rows)
        {
            throw new ArgumentException($"There are {positions.Length} positions and {rows} rows; send one for each row.");
        }
    }

    private static Lambda LambdaOf(SelectRequest request) => (request.Lambda, request.KlBudget, request.EssTarget) switch
    {
        ({ } lambda, null, null) => AtLeast(0, lambda, "lambda"),
        (null, { } nats, null) => Lambda.TargetKl(AtLeast(0, nats, "klBudget")),
        (null, null, { } candidates) => Lambda.TargetEss(AtLeast(1, candidates, "essTarget")),
        _ => throw new ArgumentException("Send exactly one of lambda, klBudget and essTarget."),
    };

    private static float AtLeast(float least, float value, string name) => value >= least
        ? value
        : throw new ArgumentException($"{name} is {value}; send at least {least}.");

    private static float? Finite(float value) => float.IsFinite(value) ? value : null;
}
