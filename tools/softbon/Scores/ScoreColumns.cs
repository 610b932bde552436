using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Scores;

/// <summary>One row per prompt, as <c>softbon select</c> reads it: prompt and rewards.</summary>
internal sealed class ScoreColumns : IScoreOutput
{
    private static readonly CellsShape[] Shapes =
    [
        new("prompt", typeof(long), false, ""),
        new("rewards", typeof(float), true, ""),
    ];

    private readonly EncodeQueue _queue = new(new StageClock());
    private readonly TableFile _file;
    private Cells<long> _prompts = new(Shapes[0]);
    private Cells<float> _rewards = new(Shapes[1]);

    public ScoreColumns(string path, TableFormat format) =>
        _file = new TableFile(path, Shapes, new OutputForm(format, "", "", _queue));

    public void Add(long prompt, ReadOnlySpan<float> rewards)
    {
        _prompts.Add(prompt);
        _prompts.EndRow();
        _rewards.Add(rewards);
        for (int i = _rewards.Count - rewards.Length; i < _rewards.Count; i++)
        {
            if (!float.IsFinite(_rewards.Values[i]))
            {
                _rewards.SetNull(i);
            }
        }

        _rewards.EndRow();
    }

    public void Send()
    {
        _file.Write([_prompts, _rewards]);
        (_prompts, _rewards) = (new Cells<long>(Shapes[0]), new Cells<float>(Shapes[1]));
    }

    public void Complete() => _file.Complete(new Dictionary<string, string>());

    public void Dispose()
    {
        _file.Dispose();
        _queue.Dispose();
    }
}
