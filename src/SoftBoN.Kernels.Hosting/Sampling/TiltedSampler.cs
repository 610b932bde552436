using System.Runtime.ExceptionServices;

namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Draws the next token of each of a batch of sequences, for servers that run the model themselves.
/// </summary>
/// <remarks>
/// A sequence's tokens depend on its logits, rewards, mask and settings, its seed and its position alone: sequences may join,
/// finish and change places between steps, and none notices. Several threads may use one sampler for different sequences.
/// </remarks>
/// <param name="engine">The engine, on the processor; it stays the caller's.</param>
/// <param name="proposals">
/// Proposals per token of sequences in mode <see cref="TokenTiltMode.SoftBestOfN"/>, 1 to 1024.
/// </param>
/// <param name="noise">What has noise of its own: segments of the vocabulary, or each token.</param>
public sealed class TiltedSampler(SoftBonEngine engine, int proposals = 16, TokenNoise noise = TokenNoise.PerBlock)
{
    private readonly SoftBonEngine engine = engine ?? throw new ArgumentNullException(nameof(engine));

    /// <summary>Draws one token for each sequence.</summary>
    /// <remarks>
    /// A sequence that has a token moves on by one position, and its grammar is told. One whose settings or values are out
    /// of range has token -1 and a status, stays where it is, and no other notices. What a grammar throws comes out of the
    /// step: from <see cref="ITokenGrammar.Allow"/> before any sequence has moved on, from
    /// <see cref="ITokenGrammar.Accept"/> after all have, with the outputs written and the other grammars told.
    /// </remarks>
    /// <param name="sequences">The sequences, each once.</param>
    /// <param name="step">Logits, rewards and masks, a row for each.</param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows; no sequence has moved on then.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others; the message says which and how.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public void Step(
        ReadOnlySpan<TiltedSequence> sequences,
        TiltedStep step,
        TiltedStepOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        if (step.Logits.Rows != sequences.Length)
        {
            Throw.Argument(
                $"There are {sequences.Length} sequences and {step.Logits.Rows} rows of logits; pass one for each.",
                nameof(step));
        }

        if (outputs.Token.Length < sequences.Length)
        {
            Throw.Argument(
                $"Token holds {outputs.Token.Length} values and {sequences.Length} are needed; pass more memory.",
                nameof(outputs));
        }

        int missing = sequences.IndexOf((TiltedSequence)null!);
        if (missing >= 0)
        {
            Throw.Argument($"Sequence {missing} is null; pass one for each row of logits.", nameof(sequences));
        }

        using var settings = new SequenceSettings(sequences);
        using var mask = new SequenceMasks(sequences, step);
        engine.TiltTokens(
            step.Logits,
            new TokenTiltOptions
            {
                Temperature = settings.Temperature,
                Lambda = settings.Lambda,
                Rewards = step.Rewards,
                SparseRewards = step.SparseRewards,
                Mask = mask.Combined,
                TopK = settings.TopK,
                TopP = settings.TopP,
                MinP = settings.MinP,
                TopNSigma = settings.TopNSigma,
                Mode = settings.Mode,
                Proposals = proposals,
                Noise = noise,
                Seed = settings.Seed,
                Position = settings.Position,
            },
            new TokenTiltOutputs
            {
                Token = outputs.Token,
                LogProbability = outputs.LogProbability,
                BaseLogProbability = outputs.BaseLogProbability,
                ModelLogProbability = outputs.ModelLogProbability,
                Kl = outputs.Kl,
                Status = outputs.Status,
            },
            cancellationToken);
        Advance(sequences, outputs.Token);
    }

    /// <summary>A grammar that fails must not keep the sequences behind it from moving on.</summary>
    private static void Advance(ReadOnlySpan<TiltedSequence> sequences, ReadOnlySpan<int> tokens)
    {
        ExceptionDispatchInfo? fault = null;
        for (int i = 0; i < sequences.Length; i++)
        {
            if (tokens[i] >= 0)
            {
                sequences[i].Position = unchecked(sequences[i].Position + 1);
                try
                {
                    sequences[i].Grammar?.Accept(tokens[i]);
                }
                catch (Exception thrown)
                {
                    fault ??= ExceptionDispatchInfo.Capture(thrown);
                }
            }
        }

        fault?.Throw();
    }
}
