using System.Globalization;
using System.Text.Json;

namespace SoftBoN.Kernels;

/// <summary>
/// From which size on calls with the caller's memory are sooner done on a device than on the processor, as
/// <c>softbon calibrate</c> measured it: a small file of the user's, keyed by device and driver.
/// </summary>
internal static class Calibration
{
    /// <summary>
    /// Where nothing was measured. Starting a device, copying there and back, and waiting take some tens of
    /// microseconds, in
    /// which one thread's vectors handle about this many candidates (docs/devices.md).
    /// </summary>
    public const long Default = 32 * 1024;

    /// <summary>The device was slower at every size.</summary>
    public const long Never = long.MaxValue;

    private const string SizeKey = "hostCallsBelow";
    private const string TimeKey = "measured";

    /// <summary>
    /// Where the file is: in $XDG_CONFIG_HOME/softbon, or ~/.config/softbon, or the user's data on Windows.
    /// </summary>
    public static string Path
    {
        get
        {
            string? folder = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            if (string.IsNullOrEmpty(folder) || !System.IO.Path.IsPathRooted(folder))
            {
                // On Linux this is ~/.config.
                folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
            }

            return System.IO.Path.Combine(folder, "softbon", "calibration.json");
        }
    }

    /// <summary>What was measured for a device, or the default; never throws.</summary>
    /// <param name="key">The device and its driver.</param>
    /// <returns>Calls of fewer candidates belong on the processor; and why, for people.</returns>
    public static (long HostCallsBelow, string Why) Load(string key)
    {
        string why = "by default; 'softbon calibrate' measures it";
        try
        {
            if (!File.Exists(Path))
            {
                return (Default, why);
            }

            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path));
            if (json.RootElement.TryGetProperty(key, out JsonElement device))
            {
                long below = device.GetProperty(SizeKey).GetInt64();
                return below >= 0
                    ? (below, $"as measured on {device.GetProperty(TimeKey).GetString()}")
                    : throw new FormatException($"{SizeKey} is {below}");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException
            or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            why = $"by default; {Path} cannot be used: {fault.Message}";
        }

        return (Default, why);
    }

    /// <summary>Files what was measured for a device; what was measured for others stays.</summary>
    public static void Save(string key, long hostCallsBelow, DateTimeOffset measured)
    {
        SortedDictionary<string, (long Below, string? Time)> devices = LoadAll();
        devices[key] = (hostCallsBelow, measured.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        string temporary = $"{Path}.{Environment.ProcessId}.partial";
        using (FileStream file = File.Create(temporary))
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach ((string device, (long below, string? time)) in devices)
            {
                json.WriteStartObject(device);
                json.WriteNumber(SizeKey, below);
                json.WriteString(TimeKey, time);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        File.Move(temporary, Path, overwrite: true);
    }

    /// <summary>
    /// What the file has; nothing where it cannot be read, as a new measurement is better than an old fault.
    /// </summary>
    private static SortedDictionary<string, (long Below, string? Time)> LoadAll()
    {
        var devices = new SortedDictionary<string, (long Below, string? Time)>(StringComparer.Ordinal);
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path));
            foreach (JsonProperty device in json.RootElement.EnumerateObject())
            {
                devices[device.Name] =
                    (device.Value.GetProperty(SizeKey).GetInt64(), device.Value.GetProperty(TimeKey).GetString());
            }
        }
        catch (Exception fault) when (fault is IOException or JsonException or FormatException
            or InvalidOperationException or KeyNotFoundException)
        {
            devices.Clear();
        }

        return devices;
    }
}
