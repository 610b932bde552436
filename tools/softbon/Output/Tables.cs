using System.Globalization;
using Spectre.Console;

namespace SoftBoN.Tool.Output;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    private const int WidthOfFiles = 160;

    /// <summary>A console that draws with colours only on a terminal.</summary>
    public static IAnsiConsole Console(TextWriter writer, bool terminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!terminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    public static Table Create(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    public static void AddTextRow(this Table table, params string[] cells) =>
        table.AddRow(cells.Select(cell => new Text(Visible(cell))));

    /// <summary>Control characters spelled out: what a file says is shown and not obeyed.</summary>
    private static string Visible(string text) => !text.Any(char.IsControl)
        ? text
        : string.Concat(text.Select(letter => char.IsControl(letter) ? $"\\u{(int)letter:x4}" : letter.ToString()));

    /// <summary>Four digits; a dash where there is no number.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
