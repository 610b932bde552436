extern alias ops;

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ops::SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Cuda.Launching;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>
/// The structures that are passed are the ones that the kernels were written with, and the ones their PTX reads: the same
/// sources, compiled with other arrays.
/// </summary>
public sealed partial class LayoutTests
{
    public static TheoryData<string> Kernels => [.. KernelNames.For(CudaKernels.All).Order(StringComparer.Ordinal)];

    /// <summary>What is carried beyond these is for operations that are not called here.</summary>
    [Fact]
    public void Every_kernel_that_can_be_launched_is_carried() =>
        Assert.Empty(KernelNames.For(CudaKernels.All).Except(PtxTexts.Names));

    /// <summary>A kernel's name goes with the type of its argument wherever one is looked up.</summary>
    [Fact]
    public void Names_go_with_the_types_of_their_arguments()
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var seen = new HashSet<string>();
        foreach (MethodInfo method in typeof(Ops.DevicePrograms).GetMethods(Any).Where(ReturnsName))
        {
            Type passed = method.ReturnType.GetGenericArguments()[0];
            foreach (object?[] arguments in Combinations([.. method.GetParameters().Select(one => one.ParameterType)]))
            {
                var name = (string)method.ReturnType.GetProperty("Name")!.GetValue(method.Invoke(null, arguments))!;
                if (PtxTexts.Names.Contains(name))
                {
                    Assert.Equal(ArgumentLayout.ArgumentOf(name).FullName, passed.FullName);
                    seen.Add(name);
                }
            }
        }

        Assert.Equal(
            KernelNames.For(CudaKernels.All).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));

        static bool ReturnsName(MethodInfo method) => method.ReturnType.IsGenericType
            && method.ReturnType.GetGenericTypeDefinition() == typeof(KernelName<>);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void What_is_passed_has_the_kernels_own_fields(string kernel)
    {
        Type own = ArgumentLayout.ArgumentOf(kernel);
        Assert.Equal(FieldsOf(own, ""), FieldsOf(PassedFor(own), ""));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_ptx_reads_fields_where_they_are(string kernel)
    {
        Type passed = PassedFor(ArgumentLayout.ArgumentOf(kernel));
        string text = System.Text.Encoding.ASCII.GetString(PtxTexts.Of(kernel).Text);
        Match parameter = Parameter().Match(text);
        string name = parameter.Groups["name"].Value;
        int size = ArgumentLayout.SizeOf(passed);
        Assert.Equal(ArgumentLayout.ManagedSizeOf(passed), size);
        Assert.Equal(size, Number(parameter.Groups["size"].Value));
        Assert.Equal(8, Number(parameter.Groups["align"].Value));

        Dictionary<int, string> places = PlacesOf(passed, 0).ToDictionary(place => place.Offset, place => place.Type);
        Match[] loads = [.. Load().Matches(text).Where(load => load.Groups["name"].Value == name)];
        Assert.NotEmpty(loads);
        foreach (Match load in loads)
        {
            int offset = load.Groups["offset"].Success ? Number(load.Groups["offset"].Value) : 0;
            Assert.True(places.TryGetValue(offset, out string? type), $"{kernel} reads byte {offset}, where no field starts.");
            Assert.Equal(type, load.Groups["type"].Value);
        }
    }

    [Fact]
    public void Numbers_of_enumerations_are_the_librarys()
    {
        Same<ops::SoftBoN.Kernels.SelectionNoise, CudaNoise>();
        Same<ops::SoftBoN.Kernels.TokenNoise, CudaTokenNoise>();
        Same<ops::SoftBoN.Kernels.TokenTiltMode, CudaTokenMode>();
        Same<RewardPoolingKind, CudaPoolingKind>();
        Same<RewardCalibrationKind, CudaCalibrationKind>();
        Same<RewardStepKind, CudaStepKind>();
        Assert.Equal(Enum.GetValues<TokenElement>().Select(one => (int)one), Enum.GetValues<CudaFormat>().Select(one => (int)one));
        Assert.Equal((int)LambdaKind.Given, CudaLambda.Given);
        Assert.Equal((int)LambdaKind.GivenSigned, CudaLambda.GivenSigned);
        Assert.Equal((int)LambdaKind.TargetKl, CudaLambda.KlBudget);
        Assert.Equal((int)LambdaKind.TargetEss, CudaLambda.EssBudget);

        static void Same<TTheirs, TOurs>()
            where TTheirs : struct, Enum
            where TOurs : struct, Enum => Assert.Equal(
                Enum.GetValues<TTheirs>().Select(one => $"{one} {Convert.ToInt32(one, CultureInfo.InvariantCulture)}"),
                Enum.GetValues<TOurs>().Select(one => $"{one} {Convert.ToInt32(one, CultureInfo.InvariantCulture)}"));
    }

    private static Type PassedFor(Type own) => typeof(SoftBonCuda).Assembly.GetType(own.FullName!, throwOnError: true)!;

    private static IEnumerable<object?[]> Combinations(Type[] types)
    {
        IEnumerable<object?[]> all = [[]];
        foreach (Type type in types)
        {
            object?[] values = type == typeof(bool) ? [false, true] : [.. Enum.GetValues(type).Cast<object?>()];
            values = type == typeof(Ops.TeamKind) ? [.. values.Where(one => (Ops.TeamKind)one! != Ops.TeamKind.One)] : values;
            all = all.SelectMany(before => values.Select(value => (object?[])[.. before, value]));
        }

        return all;
    }

    private static IEnumerable<string> FieldsOf(Type type, string path)
    {
        foreach (FieldInfo field in ArgumentLayout.FieldsOf(type))
        {
            string name = $"{path}{field.Name}";
            IEnumerable<string> inner = ArgumentLayout.IsView(field.FieldType)
                ? [$"{name}: {field.FieldType.GetGenericArguments()[0].Name}s"]
                : field.FieldType.IsPrimitive ? [$"{name}: {field.FieldType.Name}"]
                : FieldsOf(field.FieldType, name + ".");
            foreach (string line in inner)
            {
                yield return line;
            }
        }
    }

    /// <summary>Where each primitive is, and as what PTX loads it.</summary>
    private static IEnumerable<(int Offset, string Type)> PlacesOf(Type type, int start)
    {
        foreach ((FieldInfo field, int offset) in ArgumentLayout.PlacesOf(type))
        {
            IEnumerable<(int Offset, string Type)> inner = field.FieldType.IsPrimitive
                ? [(start + offset, Loaded(field.FieldType))]
                : PlacesOf(field.FieldType, start + offset);
            foreach ((int Offset, string Type) place in inner)
            {
                yield return place;
            }
        }
    }

    private static string Loaded(Type type) => type == typeof(float)
        ? "f32"
        : ArgumentLayout.SizeOf(type) switch { 8 => "b64", 4 => "b32", _ => "b8" };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.entry\s+\w+\(\s*\.param \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<size>\d+)\]\s*\)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"ld\.param\.(?<type>\w+)\s+%\w+, \[(?<name>\w+?)(\+(?<offset>\d+))?\]")]
    private static partial Regex Load();
}
