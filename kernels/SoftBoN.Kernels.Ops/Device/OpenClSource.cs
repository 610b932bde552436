using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ILGPU.Backends.OpenCL;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The OpenCL C of kernels as drivers get it. ILGPU numbers types, labels and functions across all kernels of a context, so the
/// text of one would depend on those that were compiled before it, and drivers that keep compiled kernels on disk by their
/// text would not find it again.
/// </summary>
internal static partial class OpenClSource
{
    /// <summary>Normalizes a kernel's text, in place: ILGPU lets nobody make a kernel of a text of one's own.</summary>
    public static void Normalize(CLCompiledKernel kernel)
    {
        ref string source = ref SourceOf(kernel);
        source = Normalize(source);
    }

    /// <summary>Numbers names in the order in which they appear, and has nobody warned of what ILGPU writes.</summary>
    public static string Normalize(string source)
    {
        const string Quiet = "#pragma clang diagnostic ignored \"-Weverything\"\n";
        var numbers = new Dictionary<string, int>();
        return Quiet + NumberedName().Replace(source, name =>
        {
            if (!numbers.TryGetValue(name.Value, out int number))
            {
                number = numbers.Count;
                numbers.Add(name.Value, number);
            }

            return $"{name.Groups["stem"].Value}_{number}";
        });
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Source>k__BackingField")]
    private static extern ref string SourceOf(CLCompiledKernel kernel);

    /// <summary>Types, labels, and functions, whose names are methods'.</summary>
    [GeneratedRegex(@"\b(?<stem>type|[A-Z]\w*?)_[0-9]+(?![0-9])")]
    private static partial Regex NumberedName();
}
