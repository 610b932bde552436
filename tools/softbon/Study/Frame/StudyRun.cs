using System.Runtime.InteropServices;
using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>Runs a study in a folder: what is finished there is taken over, the rest is computed and kept.</summary>
internal sealed class StudyRun(IStudy study, string folder, ToolHost host)
{
    private readonly Lock _writing = new();

    public void Run(IReadOnlyList<Fact> environment)
    {
        OutputFolder.Create(folder);
        var tables = new StudyTables(study.Tables);
        using (WorkFile work = WorkFile.Open(folder, study))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, 2)))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, 15)))
        {
            ComputeAll(work, tables);
            new StudyFiles(study, folder, _writing).Write(tables, environment);
        }

        using StreamWriter output = host.OpenText();
        output.WriteLine(Path.Combine(folder, StudyFiles.Report));
    }

    private void ComputeAll(WorkFile work, StudyTables tables)
    {
        var progress = new StudyProgress(host.Error, host.ErrorIsTerminal, study.Settings.Count);
        foreach (StudySetting setting in study.Settings)
        {
            progress.Begin(setting.Key);
            if (!work.TryGet(setting, out IReadOnlyList<SettingRow>? rows))
            {
                var computed = new SettingRows();
                setting.Compute(computed);
                rows = computed.All;
                lock (_writing)
                {
                    work.Add(setting, rows);
                }
            }

            tables.Add(rows!);
        }

        progress.Erase();
    }

    /// <summary>Ends the process between two settings' lines or two files; what is finished stays.</summary>
    private void End(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        _writing.Enter();
        host.Error.WriteLine(
            $"\nsoftbon: interrupted; finished settings are kept in {folder}, the same command goes on from there");
        Environment.Exit(ExitCodes.Signal + number);
    }
}
