using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Tokens;

/// <summary>The output of <c>softbon tilt</c>: one line of JSON per row of a file.</summary>
internal sealed class TiltLines(TokenTilt tilt, OutputSink sink)
{
    /// <summary>Tokens of a piece of the files: enough to keep all threads busy.</summary>
    private const int PieceTokens = 1 << 24;

    /// <summary>Results of a piece, of whatever there is most of.</summary>
    private const int PieceResults = 1 << 20;
    private const int WriteAt = 1 << 20;

    private readonly TiltSettings _settings = tilt.Settings;
    private readonly JsonLine _line = new();

    /// <summary>Works through the files' rows.</summary>
    public void Run(TokenFile logits, TokenFile? rewards, Progress progress, CancellationToken cancellationToken)
    {
        int rowsByTokens = PieceTokens / Math.Max(1, logits.Columns);
        int rowsByResults = PieceResults / Math.Max(_settings.Draws, _settings.Top);
        int piece = Math.Max(1, Math.Min(rowsByTokens, rowsByResults));
        for (long first = 0; first < logits.Rows;)
        {
            int rows = (int)Math.Min(piece, logits.Rows - first);
            tilt.Compute(
                logits[first, rows], rewards == null ? default : rewards[first, rows], first, cancellationToken);
            for (int row = 0; row < rows; row++)
            {
                Write(unchecked(_settings.FirstPosition + (ulong)(first + row)), row);
            }

            Send();
            first += rows;
            progress.Report(first);
        }

        progress.Erase();
    }

    private void Write(ulong number, int row)
    {
        _line.Begin();
        _line.Name("row"u8).Number(number);
        WriteDraws("token"u8, tilt.Token.Span, row);
        WriteDraws("log_probability"u8, tilt.LogProbability.Span, row);
        WriteDraws("base_log_probability"u8, tilt.BaseLogProbability.Span, row);
        _line.Name("lse"u8).Number(tilt.LogSumExp.Span[row]);
        _line.Name("base_lse"u8).Number(tilt.BaseLogSumExp.Span[row]);
        _line.Name("kl"u8).Number(tilt.Kl.Span[row]);
        _line.Name("status"u8).Raw(tilt.Status.Span[row].JsonText);
        if (_settings.Rank)
        {
            WriteDraws("rank"u8, tilt.Rank.Span, row);
        }

        if (_settings.Top > 0)
        {
            WriteTop(row);
        }

        _line.End();
        if (_line.Text.Length >= WriteAt)
        {
            Send();
        }
    }

    private void WriteDraws(ReadOnlySpan<byte> name, ReadOnlySpan<int> tokens, int row)
    {
        ReadOnlySpan<int> own = tokens.Slice(row * _settings.Draws, _settings.Draws);
        _line.Name(name);
        if (_settings.Arrays)
        {
            _line.Places(own);
        }
        else
        {
            _line.Place(own[0]);
        }
    }

    private void WriteDraws(ReadOnlySpan<byte> name, ReadOnlySpan<float> values, int row)
    {
        ReadOnlySpan<float> own = values.Slice(row * _settings.Draws, _settings.Draws);
        _line.Name(name);
        if (_settings.Arrays)
        {
            _line.Numbers(own);
        }
        else
        {
            _line.Number(own[0]);
        }
    }

    /// <summary>As many of the likeliest tokens as there are.</summary>
    private void WriteTop(int row)
    {
        ReadOnlySpan<int> tokens = tilt.TopToken.Span.Slice(row * _settings.Top, _settings.Top);
        int none = tokens.IndexOf(-1);
        int count = none < 0 ? tokens.Length : none;
        _line.Name("top_tokens"u8).Places(tokens[..count]);
        _line.Name("top_log_probabilities"u8).Numbers(
            tilt.TopLogProbability.Span.Slice(row * _settings.Top, count));
    }

    private void Send()
    {
        sink.Write(_line.Text);
        _line.Clear();
    }
}
