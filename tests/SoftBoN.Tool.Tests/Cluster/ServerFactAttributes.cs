namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>A test that starts a Redis of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public const string Server = "redis-server";

    public RedisFactAttribute() => Skip = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, Server)))
        ? null
        : "needs Redis: install the package redis-server";
}

/// <summary>A test on a database of PostgreSQL that it may fill.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    private const string Variable = "SOFTBON_TEST_POSTGRES";

    public PostgresFactAttribute() => Skip = Connection is null
        ? $"needs PostgreSQL: {Variable} has to be the connection string of an empty database"
        : null;

    public static string? Connection => Environment.GetEnvironmentVariable(Variable);
}
