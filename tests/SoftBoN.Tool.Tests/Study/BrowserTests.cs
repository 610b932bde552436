using System.Diagnostics;
using System.Text.Json;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>The report in a browser: every plot is there, tables sort, points answer, nothing complains.</summary>
public class BrowserTests
{
    /// <summary>Looks at the page as a reader would, and leaves what it saw in the title.</summary>
    private const string Probe = """
        <script>{
        const seen = {};
        const figures = [...document.querySelectorAll("figure")];
        seen.figures = figures.length;
        seen.drawn = figures.filter(figure => {
          const box = figure.querySelector("svg").getBoundingClientRect();
          return box.width > 300 && box.height > 150 && figure.querySelectorAll("polyline,circle,polygon").length > 3;
        }).length;
        seen.wide = document.documentElement.scrollWidth <= window.innerWidth;
        seen.outside = [...document.querySelectorAll("figure svg text")].filter(text => {
          const box = text.getBoundingClientRect(), svg = text.ownerSVGElement.getBoundingClientRect();
          return box.left < svg.left - 1 || box.right > svg.right + 1
            || box.top < svg.top - 1 || box.bottom > svg.bottom + 1;
        }).length;
        const point = document.querySelector(".note");
        point.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
        const note = document.getElementById("note");
        seen.note = !note.hidden && note.textContent === point.dataset.note;
        const table = document.querySelector("table.sortable");
        const column = [...table.tHead.rows[0].cells].findIndex(cell => cell.classList.contains("number"));
        const values = () => [...table.tBodies[0].rows].map(row => row.cells[column])
          .map(cell => Number(cell.dataset.value ?? cell.textContent));
        const button = table.tHead.rows[0].cells[column].querySelector("button");
        const ordered = sign => values().every((value, i, all) => i === 0 || sign * (value - all[i - 1]) >= 0);
        button.click(); seen.ascending = ordered(1);
        button.click(); seen.descending = ordered(-1);
        seen.background = getComputedStyle(document.body).backgroundColor;
        document.title = JSON.stringify(seen);
        }</script>
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [BrowserFact]
    public async Task The_reports_work_in_a_browser()
    {
        using var folder = new StudyFolder();
        foreach (string study in (string[])
            [
                "frontier --n 2,4 --draws 1000",
                "convergence --n 2,8 --lambda 1",
                "hacking --n 2,8 --lambda inf,1,0.5,0.1,0",
                "sequence --m 2,4,8 --sequences 200",
                "throughput --m 4,8,12 --vocabulary 8 --n 2,4 --prompts 1 --device simd",
            ])
        {
            File.Delete(folder.WorkFile);
            folder.Run(study.Split(' '));
            int plots = File.ReadAllText(folder.Report).Split("<figure ").Length - 1;
            foreach (bool dark in (bool[])[false, true])
            {
                JsonElement seen = await Look(folder, dark);
                Assert.Equal((plots, plots), (Int(seen, "figures"), Int(seen, "drawn")));
                Assert.Equal(0, Int(seen, "outside"));
                Assert.All(
                    (string[])["wide", "note", "ascending", "descending"],
                    name => Assert.True(seen.GetProperty(name).GetBoolean(), name));
                Assert.Equal(
                    dark ? "rgb(21, 24, 29)" : "rgb(255, 255, 255)", seen.GetProperty("background").GetString());
            }
        }
    }

    private static int Int(JsonElement seen, string name) => seen.GetProperty(name).GetInt32();

    private static async Task<JsonElement> Look(StudyFolder folder, bool dark)
    {
        string page = folder.File("probe.html");
        string report = await File.ReadAllTextAsync(folder.Report);
        await File.WriteAllTextAsync(page, report.Replace("</body>", Probe + "</body>", StringComparison.Ordinal));
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1100,900",
            "--enable-logging=stderr", $"--user-data-dir={folder.File("profile")}",
            $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", "--dump-dom", "file://" + page,
        ];
        using Process process = Process.Start(new ProcessStartInfo(BrowserFactAttribute.Browser!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> log = process.StandardError.ReadToEndAsync();
        string dom = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.DoesNotContain((await log).Split('\n'), line => line.Contains("CONSOLE", StringComparison.Ordinal));
        string title = dom[(dom.IndexOf("<title>", StringComparison.Ordinal) + 7)..];
        title = System.Net.WebUtility.HtmlDecode(title[..title.IndexOf("</title>", StringComparison.Ordinal)]);
        Assert.StartsWith("{", title, StringComparison.Ordinal);
        return JsonDocument.Parse(title).RootElement;
    }
}
