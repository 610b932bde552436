using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Columnar;

/// <summary>What a run over files of columns comes to.</summary>
/// <param name="clock">Has the times of the stages.</param>
internal sealed class ColumnarTotals(StageClock clock)
{
    private readonly long _begin = Stopwatch.GetTimestamp();

    public StageClock Clock => clock;

    /// <summary>Parts that were written.</summary>
    public int Parts { get; set; }

    public int PartsFailed { get; set; }

    /// <summary>Row groups that could not be read, of parts that were written.</summary>
    public int GroupsLost { get; set; }

    /// <summary>Parts that an earlier run had finished.</summary>
    public int PartsKept { get; set; }

    public long Prompts { get; private set; }

    public long Candidates { get; private set; }

    public long Unreadable { get; private set; }

    /// <summary>Those of the parts that an earlier run had finished.</summary>
    public long UnreadableKept { get; set; }

    public long WithoutResult { get; private set; }

    public long BytesOfInput { get; set; }

    public long BytesDone { get; set; }

    /// <summary>Bytes of the part at hand that are done.</summary>
    public long BytesOfPart { get; set; }

    public void Add(RowBatch batch, IRowWork work)
    {
        Prompts += batch.Entries.Count;
        Candidates += batch.Rewards.Count;
        foreach (BatchEntry entry in batch.Entries)
        {
            Unreadable += entry.Row < 0 ? 1 : 0;
            WithoutResult += entry.Row >= 0 && !work.View(batch, entry.Row).Status.HasResult ? 1 : 0;
        }
    }

    /// <summary>A line for a person who waits.</summary>
    public string Progress(TimeSpan elapsed)
    {
        double done = BytesOfInput == 0 ? 1 : Math.Min(1, (double)(BytesDone + BytesOfPart) / BytesOfInput);
        string left = done is > 0 and < 1
            ? $", {TimeSpan.FromSeconds(elapsed.TotalSeconds * (1 - done) / done):hh\\:mm\\:ss} left"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * done:F0} %, {Prompts:N0} prompts, {Candidates / elapsed.TotalSeconds:N0} candidates/s{left}");
    }

    /// <summary>One object of JSON.</summary>
    public string ToJson()
    {
        double wall = Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("parts", Parts);
            json.WriteNumber("parts_failed", PartsFailed);
            json.WriteNumber("parts_kept", PartsKept);
            json.WriteNumber("row_groups_lost", GroupsLost);
            json.WriteNumber("prompts", Prompts);
            json.WriteNumber("candidates", Candidates);
            json.WriteNumber("unreadable", Unreadable);
            json.WriteNumber("unreadable_kept", UnreadableKept);
            json.WriteNumber("without_result", WithoutResult);
            json.WriteNumber("input_bytes", BytesOfInput);
            json.WriteNumber("seconds", wall);
            Write(json, "stage_seconds", Clock.Seconds);
            WriteProcessor(json);
            json.WriteNumber("candidates_per_second", Candidates / wall);
            json.WriteNumber("peak_memory_bytes", Process.GetCurrentProcess().PeakWorkingSet64);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>One line for people.</summary>
    public string ToText()
    {
        double wall = Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        string stages = string.Join(", ", Enum.GetValues<Stage>().Select(stage => string.Create(
            CultureInfo.InvariantCulture, $"{stage.ToString().ToLowerInvariant()} {Clock.Seconds(stage):F2} s")));
        string share = ThreadClock.IsThere
            ? string.Create(CultureInfo.InvariantCulture, $"; compute {100 * Clock.ComputeShare:F0} % of the processor time")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Prompts:N0} prompts, {Candidates:N0} candidates in {wall:F2} s; {stages}{share}");
    }

    /// <summary>What the run took of processors; nothing where threads have no clocks.</summary>
    private void WriteProcessor(Utf8JsonWriter json)
    {
        json.WriteNumber("processor_seconds", Clock.AllProcessorSeconds);
        if (!ThreadClock.IsThere)
        {
            return;
        }

        Write(json, "stage_processor_seconds", Clock.ProcessorSeconds);
        json.WriteNumber("compute_share", Clock.ComputeShare);
    }

    private static void Write(Utf8JsonWriter json, string name, Func<Stage, double> seconds)
    {
        json.WriteStartObject(name);
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            json.WriteNumber(stage.ToString().ToLowerInvariant(), seconds(stage));
        }

        json.WriteEndObject();
    }
}
