using SoftBoN.Kernels.Plots.Report;
using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>
/// A study: settings that are computed one after the other and kept, tables of what they gave, and what the tables
/// show. What it computes is a function of its parameters, wherever and in however many runs it is computed.
/// </summary>
internal interface IStudy
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Its title for people.</summary>
    string Title { get; }

    /// <summary>What its numbers depend on.</summary>
    IReadOnlyList<StudyParameter> Parameters { get; }

    /// <summary>The tables that settings add rows to.</summary>
    IReadOnlyList<TableShape> Tables { get; }

    /// <summary>What is computed, in the order of the tables' rows.</summary>
    IReadOnlyList<StudySetting> Settings { get; }

    /// <summary>Plots and words, from full tables and nothing else.</summary>
    StudyFindings Conclude(StudyTables tables);
}

/// <summary>Something the numbers of a study depend on.</summary>
/// <param name="Name">Its name: that of an option, without dashes, where it is one.</param>
/// <param name="Value">Its value, as it is written on a command line.</param>
internal sealed record StudyParameter(string Name, string Value)
{
    /// <summary>Whether an option of this name sets it, so that it belongs into the command.</summary>
    public bool IsOption { get; init; } = true;

    /// <summary>Whether numbers depend on it; a file's name does not count, only its content.</summary>
    public bool Counts { get; init; } = true;
}

/// <summary>A part of a study that is computed in one go.</summary>
/// <param name="Key">Its name, unique in the study.</param>
/// <param name="Compute">Computes it and adds its rows.</param>
internal sealed record StudySetting(string Key, Action<SettingRows> Compute);

/// <summary>What a study shows.</summary>
/// <param name="Lead">What it is about, in a few sentences.</param>
/// <param name="Sections">Its parts, with plots and tables.</param>
internal sealed record StudyFindings(string Lead, IReadOnlyList<ReportSection> Sections);
