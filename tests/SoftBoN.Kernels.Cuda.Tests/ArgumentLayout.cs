extern alias ops;

using System.Reflection;
using System.Runtime.CompilerServices;
using ops::SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>How the argument of a kernel lies in memory that PTX reads: fields in order, arrays an address and a length.</summary>
internal static class ArgumentLayout
{
    private const int ViewBytes = 2 * sizeof(long);

    /// <summary>The type of a kernel's argument as it was written.</summary>
    public static Type ArgumentOf(string kernel) =>
        DevicePrograms.Kernels.Single(one => one.Name == kernel).Method.GetParameters()[0].ParameterType;

    public static bool IsView(Type type) => type.Name == "ArrayView`1";

    public static IEnumerable<FieldInfo> FieldsOf(Type type) => type
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .OrderBy(field => field.MetadataToken);

    public static int AlignmentOf(Type type) => type.IsPrimitive ? SizeOf(type)
        : IsView(type) ? sizeof(long)
        : FieldsOf(type).Max(field => AlignmentOf(field.FieldType));

    /// <summary>The bytes of a type.</summary>
    public static int SizeOf(Type type) => IsView(type) ? ViewBytes
        : type.IsPrimitive ? ManagedSizeOf(type)
        : Up(PlacesOf(type).Select(place => place.Offset + SizeOf(place.Field.FieldType)).Last(), AlignmentOf(type));

    /// <summary>The fields of a type and where each is.</summary>
    public static IEnumerable<(FieldInfo Field, int Offset)> PlacesOf(Type type)
    {
        int offset = 0;
        foreach (FieldInfo field in FieldsOf(type))
        {
            offset = Up(offset, AlignmentOf(field.FieldType));
            yield return (field, offset);
            offset += SizeOf(field.FieldType);
        }
    }

    /// <summary>The bytes that the runtime gives a type.</summary>
    public static int ManagedSizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int Up(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
