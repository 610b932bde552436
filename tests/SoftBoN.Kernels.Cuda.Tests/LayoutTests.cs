using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ILGPU;
using SoftBoN.Kernels.Cuda.Arguments;
using SoftBoN.Kernels.Cuda.Launching;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>The structures that are passed are the ones that the kernels were written with, and the ones their PTX reads.</summary>
public sealed partial class LayoutTests
{
    private static readonly (string Operation, Type Kernel, Type Passed)[] Pairs =
    [
        ("Budget", typeof(Ops.BudgetKernelArgs), typeof(Arguments.BudgetKernelArgs)),
        ("Weights", typeof(Ops.SoftWeightsKernelArgs), typeof(Arguments.SoftWeightsKernelArgs)),
        ("SoftWeights", typeof(Ops.SoftWeightsKernelArgs), typeof(Arguments.SoftWeightsKernelArgs)),
        ("Picks", typeof(Ops.SelectionKernelArgs), typeof(Arguments.SelectionKernelArgs)),
        ("Selection", typeof(Ops.SelectionKernelArgs), typeof(Arguments.SelectionKernelArgs)),
    ];

    public static TheoryData<string> Operations => [.. Pairs.Select(pair => pair.Operation)];

    public static TheoryData<string> Kernels => [.. from pair in Pairs
                                                    from team in Enum.GetNames<Team>()
                                                    select $"{pair.Operation}.{team}.Shuffle"];

    [Theory]
    [MemberData(nameof(Operations))]
    public void What_is_passed_has_the_kernels_own_fields(string operation)
    {
        (_, Type kernel, Type passed) = Pairs.Single(pair => pair.Operation == operation);
        Assert.Equal(FieldsOf(kernel, ""), FieldsOf(passed, ""));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_ptx_reads_fields_where_they_are(string kernel)
    {
        Type passed = Pairs.Single(pair => kernel.StartsWith(pair.Operation + ".", StringComparison.Ordinal)).Passed;
        string text = System.Text.Encoding.ASCII.GetString(PtxTexts.Of(kernel).Text);
        Match parameter = Parameter().Match(text);
        string name = parameter.Groups["name"].Value;
        Assert.Equal(Marshal.SizeOf(passed), Number(parameter.Groups["size"].Value));
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
    public void Bits_of_outputs_are_the_kernels()
    {
        foreach ((Type kernel, Type passed) in new[]
        {
            (typeof(SoftWeightsOutput), typeof(WeightsOutput)), (typeof(SelectionOutput), typeof(PicksOutput)),
        })
        {
            foreach (FieldInfo constant in passed.GetFields().Where(field => !field.Name.StartsWith("Want", StringComparison.Ordinal)))
            {
                Assert.Equal(kernel.GetField(constant.Name)!.GetRawConstantValue(), constant.GetRawConstantValue());
            }
        }

        Assert.Equal(SumTerms.WantSquares, WeightsOutput.WantSquares);
        Assert.Equal(SumTerms.WantDeviations, WeightsOutput.WantDeviations);
        Assert.Equal((int)LambdaKind.Given, CudaLambda.Given);
        Assert.Equal((int)LambdaKind.GivenSigned, CudaLambda.GivenSigned);
        Assert.Equal((int)LambdaKind.TargetKl, CudaLambda.KlBudget);
        Assert.Equal((int)LambdaKind.TargetEss, CudaLambda.EssBudget);
        Assert.Equal(Enum.GetNames<SelectionNoise>(), Enum.GetNames<CudaNoise>());
        Assert.Equal(0, (int)RowLayout.Strided);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_are_planned_as_the_librarys_own_devices_plan_them(int rows, int columns, bool hasMarks)
    {
        var given = new DeviceRows
        {
            Layout = RowLayout.Strided,
            Count = rows,
            Columns = columns,
            RowStride = columns,
            ColumnStride = 1,
            Packed = (long)rows * columns,
        };
        var theirs = new RowPlan(in given, hasMarks, isAlone: false);
        var ours = new LaunchPlan(CudaRows.Dense(rows, columns), hasMarks);
        var launches = new List<TeamLaunch>();
        foreach (TeamLaunch one in theirs.Launches())
        {
            launches.Add(one);
        }

        TeamLaunch launch = Assert.Single(launches);
        Assert.Equal(launch.Kind.ToString(), ours.Team.ToString());
        Assert.Equal((launch.FirstBin, launch.EndBin), ours.Bins);
        Assert.Equal(theirs.HasGroups, ours.Team == Team.Group);

        Ops.Workspace workspace = default;
        WorkspaceParts parts = default;
        Ops.GroupMemory memory = theirs.TakeGroups(ref workspace);
        Arguments.GroupMemory taken = ours.TakeGroups(ref parts);
        Assert.Equal(workspace.Bytes, parts.Bytes);
        Assert.Equal((memory.PartialStride, memory.HasMarks), (taken.PartialStride, taken.HasMarks));
        if (ours.Team == Team.Group)
        {
            Assert.Equal(theirs.Groups, ours.Groups);
        }
    }

    public static TheoryData<int, int, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, bool>();
            foreach (int rows in new[] { 1, 7, 255, 1024, 5000 })
            {
                foreach (int columns in new[] { 0, 1, 32, 33, 64, 65, 512, 1024, 1025, 128256, 2_000_000 })
                {
                    shapes.Add(rows, columns, false);
                    shapes.Add(rows, columns, true);
                }
            }

            return shapes;
        }
    }

    private static IEnumerable<string> FieldsOf(Type type, string path)
    {
        foreach (FieldInfo field in FieldsInOrder(type))
        {
            bool isView = field.FieldType == typeof(KernelView)
                || (field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(ArrayView<>));
            string name = $"{path}{field.Name}";
            IEnumerable<string> inner = isView ? [$"{name}: view"]
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
        foreach (FieldInfo field in FieldsInOrder(type))
        {
            int offset = start + (int)Marshal.OffsetOf(type, field.Name);
            if (!field.FieldType.IsPrimitive)
            {
                foreach ((int Offset, string Type) place in PlacesOf(field.FieldType, offset))
                {
                    yield return place;
                }
            }
            else
            {
                yield return (offset, field.FieldType == typeof(float) ? "f32" : Marshal.SizeOf(field.FieldType) == 8 ? "b64" : "b32");
            }
        }
    }

    private static IEnumerable<FieldInfo> FieldsInOrder(Type type) => type
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .OrderBy(field => field.MetadataToken);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.entry\s+\w+\(\s*\.param \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<size>\d+)\]\s*\)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"ld\.param\.(?<type>\w+)\s+%\w+, \[(?<name>\w+?)(\+(?<offset>\d+))?\]")]
    private static partial Regex Load();
}
