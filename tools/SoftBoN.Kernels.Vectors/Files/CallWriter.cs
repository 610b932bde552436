using System.Text.RegularExpressions;
using SoftBoN.Kernels.Vectors.Operations;

namespace SoftBoN.Kernels.Vectors.Files;

/// <summary>
/// Writes the committed vectors of operations as calls of the native interface, with all values of what they expect: the
/// reference backend's, which are looked at line by line to be the committed ones.
/// </summary>
internal static partial class CallWriter
{
    /// <summary>Writes a file.</summary>
    /// <returns>The number of calls.</returns>
    /// <exception cref="InvalidDataException">The reference backend has other bits than the vectors.</exception>
    public static int Write(string path)
    {
        using var file = new CallFile(File.Create(path));
        using SoftBonEngine engine = VectorBackend.Reference.CreateEngine();
        int calls = 0;
        foreach (Operation operation in Operation.All)
        {
            foreach (VectorCase text in VectorFiles.Of(operation).SelectMany(vectors => vectors.Cases))
            {
                var batch = VectorBatch.Of(text);
                OutputBuffers outputs = operation.Run(engine, batch, operation.AllOutputs, CancellationToken.None);
                ThrowIfOthers(operation, text, outputs);
                calls += operation is RewardScoringOperation
                    ? WriteScores(file, text, batch, outputs) + WritePlans(file, text, batch, outputs)
                    : WriteCall(file, operation, text, batch, outputs);
            }
        }

        return calls;
    }

    private static void ThrowIfOthers(Operation operation, VectorCase text, OutputBuffers outputs)
    {
        for (int i = 0; i < operation.Outputs.Count; i++)
        {
            if (!outputs.Lines(i).SequenceEqual(text.Expected[operation.Outputs[i].Name]))
            {
                throw new InvalidDataException(
                    $"{text.Name}, {operation.Outputs[i].Name}: the reference backend has other bits; run softbon verify.");
            }
        }
    }

    private static int WriteCall(
        CallFile file, Operation operation, VectorCase text, VectorBatch batch, OutputBuffers outputs)
    {
        file.Text("case", text.Name);
        file.Text("operation", operation.Stem);
        file.Lambda(batch.Lambda.ToLambda());
        file.PerRow('L', "seed", batch.Seed == null ? default : batch.Seed.ToPerRow());
        file.PerRow('L', "position", batch.Position == null ? default : batch.Position.ToPerRow());
        file.Integers("draws", [batch.Draws]);
        if (batch.Tokens is { } tokens)
        {
            WriteTokens(file, batch, tokens);
        }
        else
        {
            file.Floats("rewards", batch.Rewards);
            file.Rows(batch.Rows.ToRows());
            file.Integers("noise", [(int)batch.Noise]);
            file.Integers("distinct", [batch.Distinct ? 1 : 0]);
            file.Floats("offsets", batch.Offsets);
            file.Words("elements", batch.Elements);
            file.Integers("answers", batch.Answers);
        }

        bool isNarrow = batch.Tokens is { Stored: not TokenStorage.Float32 };
        for (int i = 0; i < operation.Outputs.Count; i++)
        {
            OutputSpec output = operation.Outputs[i];
            string name = CallFile.Expected + NativeName(output.Name);
            if (i == operation.StatusOutput)
            {
                file.Small(name, [.. outputs.Status.ToArray().Select(status => (byte)status)]);
            }
            else if (output.Shape == OutputShape.PerToken && isNarrow)
            {
                file.Narrow(name, [.. outputs.Bits(i).ToArray().Select(word => (ushort)word)]);
            }
            else if (output.IsInteger)
            {
                file.Integers(name, outputs.Integers(i));
            }
            else
            {
                file.Floats(name, outputs.Floats(i));
            }
        }

        return 1;
    }

    private static void WriteTokens(CallFile file, VectorBatch batch, TokenInputs tokens)
    {
        int rows = batch.Rows.Count;
        int columns = rows == 0 ? 0 : batch.Rows.LengthOf(0);
        long stride = rows > 1 ? batch.Rows.StartOf(1) : columns;
        file.Matrix("logits", TokenInputs.Matrix(tokens.Logits, tokens.Stored, rows, columns, stride));
        if (tokens.HasRewards)
        {
            file.Matrix("rewards", TokenInputs.Matrix(batch.Rewards, tokens.RewardsStored, rows, columns, columns));
        }

        file.Longs("sparse_offsets", tokens.SparseOffsets);
        file.Integers("sparse_tokens", tokens.SparseTokens);
        file.Floats("sparse_values", tokens.SparseValues);
        file.Words("mask", tokens.Mask);
        file.Integers("mask_words_per_row", [(columns + 31) / 32]);
        file.PerRow('f', "temperature", tokens.Temperature.ToPerRow());
        file.PerRow('i', "top_k", tokens.TopK.ToPerRow());
        file.PerRow('f', "top_p", tokens.TopP.ToPerRow());
        file.PerRow('f', "min_p", tokens.MinP.ToPerRow());
        file.PerRow('f', "top_n_sigma", tokens.TopNSigma.ToPerRow());
        file.PerRow('b', "mode", tokens.Mode.ToPerRow());
        file.Integers("proposals", [tokens.Proposals]);
        file.Integers("noise", [(int)tokens.Noise]);
        file.Integers("top", [tokens.Top]);
    }

    private static int WriteScores(CallFile file, VectorCase text, VectorBatch batch, OutputBuffers outputs)
    {
        int calls = 0;
        foreach (HeadCall call in RewardScoringOperation.HeadCalls(batch))
        {
            foreach (TokenStorage stored in Enum.GetValues<TokenStorage>())
            {
                file.Text("case", $"{text.Name}, row {call.FirstRow}, {stored}");
                file.Text("operation", "reward-scoring");
                file.Matrix("hidden", TokenInputs.Matrix(call.Hidden, stored, call.Rows, call.Columns, call.Columns));
                file.Matrix("weights", TokenMatrix.Of(call.Weights, 2, call.Columns));
                file.Floats("bias", HeadCall.Bias);
                file.Floats("gating", call.Gating);
                file.Floats("mixture", call.Gating.Length > 0 ? [] : HeadCall.Mixture);
                Span<float> rewards = outputs.Floats(RewardScoringOperation.FirstHead + (int)stored);
                file.Floats(CallFile.Expected + "reward", rewards.Slice(call.FirstRow, call.Rows));
                calls++;
            }
        }

        return calls;
    }

    /// <summary>Pooling, calibrations and penalties as plans of a source and one step at most.</summary>
    private static int WritePlans(CallFile file, VectorCase text, VectorBatch batch, OutputBuffers outputs)
    {
        const int Tokens = 3;
        const int Calibrate = 1;
        const int Penalize = 3;
        int calls = 0;
        for (int i = 0; i < RewardScoringOperation.Poolings.Length; i++)
        {
            RewardPooling pooling = RewardScoringOperation.Poolings[i];
            Begin($"{pooling.Kind}", i);
            file.Integers("source", [Tokens]);
            file.Integers("pooling", [(int)pooling.Kind]);
            file.Floats("pooling.parameter", [pooling.Parameter]);
            file.Floats("rewards", batch.Rewards);
            file.Rows(batch.Rows.ToRows());
        }

        for (int kind = 0; kind < RewardScoringOperation.Penalized - RewardScoringOperation.FirstCalibration; kind++)
        {
            Begin($"calibration {kind}", RewardScoringOperation.FirstCalibration + kind);
            WriteStep(Calibrate, kind, RewardScoringOperation.Low, RewardScoringOperation.High);
            file.Floats("table", RewardScoringOperation.Table);
        }

        Begin("penalty", RewardScoringOperation.Penalized);
        WriteStep(Penalize, 0, RewardScoringOperation.Beta, RewardScoringOperation.Gamma);
        (float[] log, float[] reference, int[] lengths) = RewardScoringOperation.PenaltyInputs(batch);
        file.Floats("log_probability", log);
        file.Floats("reference_log_probability", reference);
        file.Integers("length", lengths);
        return calls;

        void Begin(string what, int output)
        {
            file.Text("case", $"{text.Name}, {what}");
            file.Text("operation", "reward-plan");
            file.Floats(CallFile.Expected + "reward", outputs.Floats(output));
            calls++;
        }

        // The rewards of a plan's candidates follow each other.
        void WriteStep(int kind, int how, float first, float second)
        {
            const int Given = 2;
            long[] ends = new long[batch.Rows.Count + 1];
            for (int row = 0; row < batch.Rows.Count; row++)
            {
                ends[row + 1] = ends[row] + batch.Rows.LengthOf(row);
            }

            file.Integers("source", [Given]);
            file.Integers("step", [kind, how]);
            file.Floats("step.parameters", [first, second]);
            file.Floats("rewards", RewardScoringOperation.Packed(batch));
            file.Rows(Rows.Ragged(ends));
        }
    }

    /// <summary>The native interface's name of an output.</summary>
    private static string NativeName(string name) => name switch
    {
        "lambda" => "lambda_used",
        "tiltedLogit" => "tilted_logits",
        "probability" => "probabilities",
        _ => Capital().Replace(name, match => "_" + match.Value.ToLowerInvariant()),
    };

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
