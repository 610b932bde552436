using System.Diagnostics;
using Npgsql;
using SoftBoN.Tool.Cluster.Measure;
using SoftBoN.Tool.Tests.Columnar;

namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>Silos whose table is kept by Redis or by PostgreSQL: any of them may be killed and started again.</summary>
public sealed class ClusterTableTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RedisFact]
    public void Redis()
    {
        int port = Silos.FreePort();
        using Process redis = Process.Start(new ProcessStartInfo(
            RedisFactAttribute.Server, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", _folder[""]])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            // It has more to say than a pipe holds only in many days.
            while (redis.StandardOutput.ReadLine() is { } line && !line.Contains("Ready to accept", StringComparison.Ordinal))
            {
            }

            AnySiloMayDie("redis", $"127.0.0.1:{port}");
        }
        finally
        {
            redis.Kill();
            redis.WaitForExit();
        }
    }

    [PostgresFact]
    public void Postgres()
    {
        using var source = NpgsqlDataSource.Create(PostgresFactAttribute.Connection!);
        using var script = new StreamReader(typeof(ClusterTableTests).Assembly.GetManifestResourceStream("orleans-postgres.sql")!);
        using (NpgsqlCommand create = source.CreateCommand(script.ReadToEnd()))
        {
            create.ExecuteNonQuery();
        }

        AnySiloMayDie("ado.net", PostgresFactAttribute.Connection!);
    }

    private static void AnySiloMayDie(string table, string connection)
    {
        string[] options = ["--clustering", table, "--connection", connection, "--cluster-id", "tables"];
        int firstPort = Silos.FreePort();
        int firstGateway = Silos.FreePort();
        using SiloProcess first = SiloProcess.Start(firstPort, firstGateway, options);
        using SiloProcess second = SiloProcess.Start(Silos.FreePort(), Silos.FreePort(), options);
        AssertWorks(second);
        first.Dispose();
        AssertWorks(second);
        using SiloProcess again = SiloProcess.Start(firstPort, firstGateway, options);
        AssertWorks(again);
        AssertWorks(second);
    }

    private static void AssertWorks(SiloProcess silo)
    {
        string[] run = ["select", "--input", Repository.File("samples/prompts.jsonl"), "--lambda", "0.5", "--seed", "42"];
        ToolResult there = Tool.Run("", [.. run, "--cluster", $"127.0.0.1:{silo.GatewayPort}", "--cluster-id", "tables"]);
        Assert.Equal((0, ""), (there.ExitCode, there.Error));
        Assert.Equal(Tool.Run("", run).Output, there.Output);
    }
}
