using System.CommandLine;
using SoftBoN.CheckPtx;
using SoftBoN.Kernels.Ops;

var golden = new Option<FileInfo>("--golden") { Description = "The committed figures.", Required = true };
var accepted = new Option<FileInfo>("--accepted") { Description = "What may stand, and why.", Required = true };
var update = new Option<bool>("--update") { Description = "Write the figures instead of comparing with them." };
var kernel = new Option<string>("--kernel")
{
    Description = "Only kernels whose name contains this; nothing is compared, and their figures alone are written.",
};
var keep = new Option<DirectoryInfo>("--keep")
{
    Description = "Where PTX, machine code and OpenCL C go.",
    DefaultValueFactory = _ => new("artifacts/check-ptx"),
};

var command = new RootCommand(
    "Compiles every kernel for CUDA and OpenCL without a device and fails on what must not be in one: a call, float64, "
    + "a division, a hardware function, a float atomic, local memory, a spill, a product that may be contracted; "
    + "and on figures that are worse than the committed ones. Exits with 1 where something is wrong.")
{
    golden,
    accepted,
    update,
    kernel,
    keep,
};
command.SetAction(options => Check(
    options.GetRequiredValue(golden),
    new AcceptedFindings(File.ReadAllText(options.GetRequiredValue(accepted).FullName)),
    options.GetValue(update),
    options.GetValue(kernel),
    options.GetRequiredValue(keep)));

var file = new Argument<FileInfo>("FILE") { Description = "Where the PTX of all CUDA kernels goes." };
var pack = new Command("pack", "Compiles every CUDA kernel to PTX, into one file.") { file };
pack.SetAction(options => Console.WriteLine(
    $"{PtxPack.Write(options.GetRequiredValue(file).FullName)} kernels in {options.GetRequiredValue(file)}"));
command.Add(pack);
return command.Parse(args).Invoke();

static int Check(FileInfo golden, AcceptedFindings accepted, bool update, string? part, DirectoryInfo keep)
{
    if (CudaTools.Find() is not { } tools)
    {
        Console.Error.WriteLine(
            $"{CudaTools.FolderVariable} names no folder with ptxas and cuobjdump; use tools/cuda/check-ptx.");
        return 2;
    }

    keep.Create();
    DeviceKernel[] kernels =
        [.. DevicePrograms.Kernels.Concat(CallsOfOneKind.Kernels).Where(one => one.Name.Contains(part ?? "", StringComparison.OrdinalIgnoreCase))];
    IReadOnlyList<KernelReport> reports =
        new KernelCheck(OfflineCompiler.OfLibrary, tools, keep.FullName).RunAll(kernels);
    Console.WriteLine(FiguresTable.Of(reports));

    List<Finding> findings = [.. reports.SelectMany(report => report.Findings)];
    KernelFigures[] figures = [.. reports.SelectMany(report => report.Figures)];
    if (kernels.Length == 0)
    {
        findings.Add(new(part ?? "all", "all", "no kernel", "DevicePrograms.Kernels has none of that name"));
    }
    else if (part == null)
    {
        findings.AddRange(update ? Write(golden, tools, figures) : Compare(golden, tools, figures));
        findings.AddRange(accepted.Unused(findings));
    }
    else if (update)
    {
        findings.AddRange(WriteSome(golden, tools, figures));
    }

    int wrong = Print(findings, accepted);
    Console.WriteLine(wrong == 0
        ? $"{kernels.Length} kernels, nothing wrong (ptxas {tools.Version})"
        : $"{kernels.Length} kernels, {wrong} things wrong; the texts are in {keep.FullName}");
    return wrong == 0 ? 0 : 1;
}

static int Print(List<Finding> findings, AcceptedFindings accepted)
{
    int wrong = 0;
    Console.WriteLine();
    foreach (Finding finding in findings)
    {
        string? reason = accepted.ReasonFor(finding);
        Console.WriteLine(reason == null ? finding : $"accepted: {finding}; {reason}");
        wrong += reason == null ? 1 : 0;
    }

    return wrong;
}

static IEnumerable<Finding> Write(FileInfo golden, CudaTools tools, IReadOnlyList<KernelFigures> figures)
{
    File.WriteAllText(golden.FullName, new GoldenFigures(tools.Version, figures).ToString());
    return [];
}

static IEnumerable<Finding> WriteSome(FileInfo golden, CudaTools tools, IReadOnlyList<KernelFigures> figures)
{
    GoldenFigures committed = GoldenFigures.Parse(File.ReadAllText(golden.FullName));
    return committed.ToolVersion == tools.Version
        ? Write(golden, tools, [.. committed.Figures.Where(one => figures.All(now => now.Kernel != one.Kernel)), .. figures])
        : [new("all", "all", $"the committed figures are ptxas {committed.ToolVersion}'s", "update all of them")];
}

static IEnumerable<Finding> Compare(FileInfo golden, CudaTools tools, IReadOnlyList<KernelFigures> figures)
{
    GoldenFigures committed = GoldenFigures.Parse(golden.Exists ? File.ReadAllText(golden.FullName) : "");
    if (golden.Exists && committed.ToolVersion != tools.Version)
    {
        Console.WriteLine($"figures not compared: they are ptxas {committed.ToolVersion}'s, this is {tools.Version}");
        return [];
    }

    return committed.Compare(figures);
}
