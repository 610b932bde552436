using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>A kernel's PTX, ended by a zero as the driver wants it, and by which name the driver finds it.</summary>
internal sealed record PtxKernel(string Name, byte[] EntryPoint, byte[] Text);

/// <summary>The PTX that this assembly carries.</summary>
internal static class PtxTexts
{
    private static readonly Lazy<Dictionary<string, PtxKernel>> All = new(ReadAll);

    public static IReadOnlyCollection<string> Names => All.Value.Keys;

    public static PtxKernel Of(string name) => All.Value[name];

    private static Dictionary<string, PtxKernel> ReadAll()
    {
        using Stream packed = typeof(PtxTexts).Assembly.GetManifestResourceStream("kernels.ptx.br")!;
        using var stream = new MemoryStream();
        using (var unpacked = new BrotliStream(packed, CompressionMode.Decompress))
        {
            unpacked.CopyTo(stream);
        }

        ReadOnlySpan<byte> all = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        var kernels = new Dictionary<string, PtxKernel>();
        while (!all.IsEmpty)
        {
            int end = all.IndexOf((byte)'\n');
            string[] line = Encoding.ASCII.GetString(all[..end]).Split(' ');
            int length = int.Parse(line[3], CultureInfo.InvariantCulture);
            byte[] text = [.. all.Slice(end + 1, length), 0];
            kernels.Add(line[0], new PtxKernel(line[0], Encoding.ASCII.GetBytes(line[1] + "\0"), text));
            all = all[(end + 1 + length)..];
        }

        return kernels;
    }
}
