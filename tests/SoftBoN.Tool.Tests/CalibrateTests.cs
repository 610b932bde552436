using System.Text.Json;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Tests;

public class CalibrateTests
{
    [Fact]
    public void The_slowest_device_never_beats_the_processor()
    {
        ToolResult result = Tool.Run("", "calibrate", "--device", "ilgpu-cpu", "--dry-run", "--json");
        using JsonDocument json = JsonDocument.Parse(result.Output);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("ilgpu-cpu", json.RootElement.GetProperty("backend").GetString());
        Assert.Equal(long.MaxValue, json.RootElement.GetProperty("host_calls_below").GetInt64());
        Assert.NotEmpty(json.RootElement.GetProperty("points").EnumerateArray());
    }

    [Fact]
    public void The_size_is_where_the_device_gets_ahead_for_good()
    {
        CrossoverPoint[] points = [new(256, 9, 1), new(512, 1, 2), new(1024, 3, 2), new(2048, 3, 4), new(4096, 3, 8)];

        Assert.Equal(2048, Crossover.HostCallsBelow(points));
        Assert.Equal(long.MaxValue, Crossover.HostCallsBelow(points[..3]));
        Assert.Equal(0, Crossover.HostCallsBelow(points[3..]));
    }

    [Fact]
    public void Without_a_device_that_is_said()
    {
        if (SoftBonDevices.Probe().Any(device => device.IsAvailable))
        {
            return;
        }

        ToolResult result = Tool.Run("", "calibrate", "--device", "cuda");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cuda device 0 cannot be used", result.Error, StringComparison.Ordinal);
    }
}
