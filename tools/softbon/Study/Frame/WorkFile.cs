using System.Text;
using System.Text.Json;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>
/// Finished settings of a study, one per line, so that a run that was cut short can go on. A line is written in one
/// piece, and what a killed process left of its last line is cut off.
/// </summary>
internal sealed class WorkFile : IDisposable
{
    /// <summary>Its name in the study's folder.</summary>
    public const string Name = "work.jsonl";

    private readonly FileStream _stream;
    private readonly Dictionary<string, IReadOnlyList<SettingRow>> _done = [];

    private WorkFile(FileStream stream) => _stream = stream;

    /// <summary>Opens the file of a study, or begins it.</summary>
    public static WorkFile Open(string folder, IStudy study)
    {
        string path = Path.Combine(folder, Name);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new FaultException(
                $"{path} cannot be opened: {fault.Message}; is another run at work in this folder? Name another --out",
                fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new FaultException(
                $"{path} cannot be opened: {FaultException.Reason(fault).TrimEnd('.')}; name another --out", fault);
        }

        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw new FaultException($"{path} is no regular file; delete it, or name another --out");
        }

        var file = new WorkFile(stream);
        try
        {
            file.Read(path, study);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool TryGet(StudySetting setting, out IReadOnlyList<SettingRow>? rows) =>
        _done.TryGetValue(setting.Key, out rows);

    public void Add(StudySetting setting, IReadOnlyList<SettingRow> rows)
    {
        _done.Add(setting.Key, rows);
        Append(WorkLines.Setting(setting.Key, rows));
    }

    public void Dispose() => _stream.Dispose();

    private void Read(string path, IStudy study)
    {
        byte[] bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        int whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _stream.SetLength(whole);
        string[] lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            Append(WorkLines.Header(study));
            return;
        }

        try
        {
            WorkLines.CheckHeader(lines[0], study, path);
            foreach (string line in lines.AsSpan(1))
            {
                (string key, IReadOnlyList<SettingRow> rows) = WorkLines.ReadSetting(line, study.Tables);
                _done.Add(key, rows);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException
            or ArgumentException or FormatException)
        {
            throw new FaultException($"{path} is damaged; delete it, or name another --out", fault);
        }
    }

    private void Append(byte[] line)
    {
        _stream.Seek(0, SeekOrigin.End);
        _stream.Write(line);
        _stream.Flush();
    }
}
