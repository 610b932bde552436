using SoftBoN.Kernels;
using SoftBoN.Kernels.Hosting;

namespace SoftBoN.Samples.TinyLanguageModel;

/// <summary>What one text is written with.</summary>
internal sealed record Writer(float Lambda, ulong Seed);

/// <summary>Writes a batch of texts by soft best-of-n, one for each writer; rewards are [alphabet].</summary>
internal sealed class Decoder(CharacterModel model, SoftBonEngine engine, float[] rewards)
{
    /// <summary>The n of best-of-n.</summary>
    public const int Candidates = 8;

    /// <summary>The characters of a block.</summary>
    public const int BlockLength = 12;

    private readonly TiltedSampler sampler = new(engine, Candidates);

    /// <summary>Each character is one of n proposals of the model.</summary>
    public Draft[] Symbolwise(string prompt, IReadOnlyList<Writer> writers, int blocks)
    {
        Draft[] drafts = [.. writers.Select(writer => new Draft(prompt, new TiltedSequence(writer.Seed)
        {
            Lambda = writer.Lambda,
            Mode = TokenTiltMode.SoftBestOfN,
        }))];
        for (int block = 0; block < blocks; block++)
        {
            WriteBlock(drafts);
        }

        return drafts;
    }

    /// <summary>Each block of characters is one of n blocks that the model wrote.</summary>
    public Draft[] Blockwise(string prompt, IReadOnlyList<Writer> writers, int blocks)
    {
        Draft[] drafts = [.. writers.Select(writer => new Draft(prompt, new TiltedSequence(writer.Seed)))];
        for (int block = 0; block < blocks; block++)
        {
            Draft[] candidates = [.. drafts.SelectMany(draft => Branches(draft, block))];
            WriteBlock(candidates);
            drafts = Pick(drafts, candidates, writers, block);
        }

        return drafts;
    }

    /// <summary>Noise of the candidates' own: keys after the draft's, and the position in the text.</summary>
    private static IEnumerable<Draft> Branches(Draft draft, int block) =>
        Enumerable.Range(1, Candidates).Select(candidate => draft.Branch(
            new TiltedSequence(draft.Sequence.Seed + (ulong)candidate, (ulong)(block * BlockLength))));

    private Draft[] Pick(Draft[] drafts, Draft[] candidates, IReadOnlyList<Writer> writers, int block)
    {
        float[] gained = [.. candidates.Select((candidate, i) => candidate.Reward - drafts[i / Candidates].Reward)];
        int[] picks = new int[drafts.Length];
        engine.Select(
            gained,
            Rows.Dense(drafts.Length, Candidates),
            new SelectionOptions
            {
                Lambda = writers.Select(writer => writer.Lambda).ToArray(),
                Seed = writers.Select(writer => writer.Seed).ToArray(),
                Position = (ulong)block,
            },
            picks);

        // The pick's text with the draft's own key, from which the next candidates' keys are counted.
        return [.. drafts.Select((draft, i) => candidates[(i * Candidates) + picks[i]].Branch(draft.Sequence))];
    }

    private void WriteBlock(Draft[] drafts)
    {
        float[] rewardRows = [.. drafts.SelectMany(_ => rewards)];
        int[] tokens = new int[drafts.Length];
        float[] logProbabilities = new float[drafts.Length];
        for (int i = 0; i < BlockLength; i++)
        {
            float[] logits = model.Logits([.. drafts.Select(draft => draft.Text)]);
            sampler.Step(
                [.. drafts.Select(draft => draft.Sequence)],
                new TiltedStep
                {
                    Logits = TokenMatrix.Of(logits, drafts.Length, rewards.Length),
                    Rewards = TokenMatrix.Of(rewardRows, drafts.Length, rewards.Length),
                },
                new TiltedStepOutputs { Token = tokens, ModelLogProbability = logProbabilities });
            for (int row = 0; row < drafts.Length; row++)
            {
                drafts[row].Add(model.Alphabet[tokens[row]], rewards[tokens[row]], logProbabilities[row]);
            }
        }
    }
}
