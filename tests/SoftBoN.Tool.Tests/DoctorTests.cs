using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace SoftBoN.Tool.Tests;

public class DoctorTests
{
    [Fact]
    public void Json_names_the_machine_and_judges_every_backend()
    {
        ToolResult result = Tool.Run("", "doctor", "--json");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            json.RootElement.GetProperty("processors").GetString());
        Assert.StartsWith(".NET 10", json.RootElement.GetProperty("dotnet").GetString(), StringComparison.Ordinal);
        JsonElement backends = json.RootElement.GetProperty("backends");
        Assert.Equal(
            ["auto", "reference", "simd", "cuda", "opencl", "ilgpu-cpu"],
            backends.EnumerateObject().Select(backend => backend.Name));
        JsonElement[] devices = [.. json.RootElement.GetProperty("devices").EnumerateArray()];
        foreach (string name in new[] { "cuda", "opencl" })
        {
            JsonElement[] own = [.. devices.Where(device => device.GetProperty("backend").GetString() == name)];
            Assert.NotEmpty(own);
            Assert.All(own, device => Assert.NotEqual(
                device.GetProperty("available").GetBoolean(), device.GetProperty("cure").GetString()!.Length > 0));
        }

        Assert.True(backends.GetProperty("reference").GetProperty("usable").GetBoolean());
        string? why = backends.GetProperty("auto").GetProperty("reason").GetString();
        Assert.Contains("takes ", why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_tells_the_vector_width()
    {
        ToolResult result = Tool.Run("", "doctor");
        Assert.Equal(0, result.ExitCode);
        string width = string.Create(CultureInfo.InvariantCulture, $"{Vector<float>.Count} floats");
        Assert.Contains(width, result.Output, StringComparison.Ordinal);
    }
}
