using System.CommandLine;
using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Recipes;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Commands;

/// <summary>Checks on this machine that every backend returns the bits that it has to return.</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private const string AllBackends = "all";
    private const ulong DefaultSeed = 1;

    private readonly ToolHost _host;

    private readonly Option<string> _backend = OptionKinds.Choice(
        "--backend",
        "Which backend to check. Random rows of one backend are hashed only, to compare with another machine.",
        [AllBackends, .. VectorBackend.All.Select(backend => backend.Name)]);

    private readonly Option<int?> _random = OptionKinds.Count(
        "--random", "N", "Also run N random rows of each operation, and compare the backends' hashes.", int.MaxValue);

    private readonly Option<ulong?> _seed = OptionKinds.Seed("--seed", "The seed of the random rows; 1 if not given.");

    private readonly Option<bool> _json = OptionKinds.Switch("--json", "One JSON object instead of a table.");

    private readonly Option<string> _write = OptionKinds.Text(
        "--write", "DIR", "Write the vectors anew, by the reference backend, instead of checking them.");

    private readonly Option<string> _writeCalls = OptionKinds.Text(
        "--write-calls", "FILE", "Write the vectors as calls of the native interface, for programs in other languages.");

    public VerifyCommand(ToolHost host)
        : base("verify", "Run the test vectors that come with the program on every backend, and compare bits.")
    {
        _host = host;
        _write.Hidden = true;
        _writeCalls.Hidden = true;
        foreach (Option option in (Option[])[_backend, _random, _seed, _json, _write, _writeCalls])
        {
            Add(option);
        }

        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
        ["softbon verify", "softbon verify --random 100000 --seed 7", "softbon verify --backend simd --json"];

    private int Run(ParseResult parsed)
    {
        using StreamWriter output = _host.OpenText();
        if (parsed.GetValue(_write) is { } folder)
        {
            output.WriteLine($"{VectorWriter.Write(folder)} files of vectors written to {folder}");
            return ExitCodes.Done;
        }

        if (parsed.GetValue(_writeCalls) is { } file)
        {
            output.WriteLine($"{CallWriter.Write(file)} calls written to {file}");
            return ExitCodes.Done;
        }

        Verification verification = Verification.Run(
            Backends(parsed.GetRequiredValue(_backend)),
            parsed.GetValue(_random) ?? 0,
            parsed.GetValue(_seed) ?? DefaultSeed);
        if (parsed.GetValue(_json))
        {
            VerificationPrint.WriteJson(verification, output);
        }
        else
        {
            VerificationPrint.WriteTable(verification, Tables.Console(output, _host.OutputIsTerminal));
            VerificationPrint.WriteMismatches(verification, output);
        }

        return verification.Mismatches == 0 ? ExitCodes.Done : ExitCodes.OtherBits;
    }

    private static VectorBackend[] Backends(string name)
    {
        if (name == AllBackends)
        {
            return [.. VectorBackend.All];
        }

        VectorBackend backend = VectorBackend.Named(name);
        return backend.Obstacle == null
            ? [backend]
            : throw new FaultException($"--backend {name} cannot run here: {backend.Obstacle} Use --backend all");
    }
}
