namespace SoftBoN.Kernels.Hosting;

/// <summary>Draws the tokens of all requests in device memory: one launch for those with rewards, one for the others.</summary>
internal sealed class TiltStage(SoftBonEngine engine, TiltShape shape) : IDeviceStage<TiltRequest, TiltedToken>
{
    private readonly SoftBonQueue queue = engine.CreateQueue();
    private readonly StagedArray<float> logits = new(engine);
    private readonly StagedArray<float> rewards = new(engine);
    private readonly StagedArray<uint> masks = new(engine);
    private readonly TiltSettings settings = new(engine);

    public TiltedToken[] Run(IReadOnlyList<TiltRequest> inputs)
    {
        // Those with rewards are the first rows.
        int[] order = [.. Enumerable.Range(0, inputs.Count).OrderBy(i => inputs[i].Rewards.IsEmpty)];
        TiltRequest[] rows = [.. order.Select(i => inputs[i])];
        int rewarded = rows.Count(request => !request.Rewards.IsEmpty);
        bool isMasked = rows.Any(request => !request.Mask.IsEmpty);
        Fill(rows, rewarded, isMasked);
        CopyIn(rewarded, isMasked);
        Launch(0, rewarded, isMasked, hasRewards: true);
        Launch(rewarded, rows.Length - rewarded, isMasked, hasRewards: false);
        settings.CopyOut(queue);
        queue.Synchronize();
        var results = new TiltedToken[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            results[order[row]] = settings.Get(row);
        }

        return results;
    }

    public void Dispose()
    {
        queue.Dispose();
        logits.Dispose();
        rewards.Dispose();
        masks.Dispose();
        settings.Dispose();
    }

    private void Fill(TiltRequest[] rows, int rewarded, bool isMasked)
    {
        settings.Resize(rows.Length);
        logits.Resize(checked(rows.Length * shape.Vocabulary));
        rewards.Resize(checked(rewarded * shape.Vocabulary));
        masks.Resize(isMasked ? checked(rows.Length * shape.Words) : 0);
        for (int row = 0; row < rows.Length; row++)
        {
            settings.Set(row, rows[row]);
            rows[row].Logits.Span.CopyTo(logits.Host[(row * shape.Vocabulary)..]);
            if (row < rewarded)
            {
                rows[row].Rewards.Span.CopyTo(rewards.Host[(row * shape.Vocabulary)..]);
            }

            if (isMasked)
            {
                Mask(rows[row], masks.Host.Slice(row * shape.Words, shape.Words));
            }
        }
    }

    private static void Mask(TiltRequest request, Span<uint> words)
    {
        if (request.Mask.IsEmpty)
        {
            words.Fill(uint.MaxValue);
        }
        else
        {
            request.Mask.Span.CopyTo(words);
        }
    }

    private void CopyIn(int rewarded, bool isMasked)
    {
        logits.CopyIn(queue);
        settings.CopyIn(queue);
        if (rewarded > 0)
        {
            rewards.CopyIn(queue);
        }

        if (isMasked)
        {
            masks.CopyIn(queue);
        }
    }

    private void Launch(int first, int count, bool isMasked, bool hasRewards)
    {
        if (count == 0)
        {
            return;
        }

        long start = (long)first * shape.Vocabulary;
        long length = (long)count * shape.Vocabulary;
        DeviceSpan<T> Rows<T>(StagedArray<T> array)
            where T : unmanaged => array.Device.Slice(first, count);
        queue.TiltTokens(
            DeviceTokenMatrix.Of(logits.Device.Slice(start, length), count, shape.Vocabulary),
            new DeviceTokenTiltOptions
            {
                Rewards = hasRewards ? DeviceTokenMatrix.Of(rewards.Device, count, shape.Vocabulary) : default,
                Mask = isMasked
                    ? DeviceTokenMask.PerRow(
                        masks.Device.Slice((long)first * shape.Words, (long)count * shape.Words), shape.Words)
                    : default,
                Lambda = Rows(settings.Lambda),
                Temperature = Rows(settings.Temperature),
                TopK = Rows(settings.TopK),
                TopP = Rows(settings.TopP),
                MinP = Rows(settings.MinP),
                TopNSigma = Rows(settings.TopNSigma),
                Mode = Rows(settings.Mode),
                Proposals = shape.Proposals,
                Noise = shape.Noise,
                Seed = Rows(settings.Seed),
                Position = Rows(settings.Position),
            },
            new DeviceTokenTiltOutputs
            {
                Token = Rows(settings.Token),
                LogProbability = Rows(settings.LogProbability),
                BaseLogProbability = Rows(settings.BaseLogProbability),
                ModelLogProbability = Rows(settings.ModelLogProbability),
                Kl = Rows(settings.Kl),
                Status = Rows(settings.Status),
            });
    }
}
