using System.Runtime.InteropServices;
using System.Text;

namespace SoftBoN.OpenClProbe;

/// <summary>The four calls of OpenCL that tell which devices there are, through the machine's loader.</summary>
internal sealed unsafe class OpenCl
{
    private const int Success = 0;

    private readonly delegate* unmanaged<uint, nint*, uint*, int> getPlatformIds;
    private readonly delegate* unmanaged<nint, ulong, uint, nint*, uint*, int> getDeviceIds;
    private readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> getDeviceInfo;

    private OpenCl(nint library)
    {
        getPlatformIds = (delegate* unmanaged<uint, nint*, uint*, int>)Export(library, "clGetPlatformIDs");
        getDeviceIds = (delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)Export(library, "clGetDeviceIDs");
        getDeviceInfo =
            (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Export(library, "clGetDeviceInfo");
    }

    /// <summary>The machine's loader, under its development name or its own; null where there is none.</summary>
    public static OpenCl? Load() =>
        NativeLibrary.TryLoad("libOpenCL.so", out nint library) || NativeLibrary.TryLoad("libOpenCL.so.1", out library)
            ? new(library)
            : null;

    /// <summary>Every device of every platform.</summary>
    public IEnumerable<Device> Devices()
    {
        List<Device> devices = [];
        foreach (nint platform in Platforms())
        {
            devices.AddRange(Ids(platform).Select(Describe));
        }

        return devices;
    }

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);

    private nint[] Platforms()
    {
        uint count = 0;
        if (getPlatformIds(0, null, &count) != Success)
        {
            return [];
        }

        nint[] platforms = new nint[count];
        fixed (nint* first = platforms)
        {
            return getPlatformIds(count, first, null) == Success ? platforms : [];
        }
    }

    private nint[] Ids(nint platform)
    {
        uint count = 0;
        if (getDeviceIds(platform, Device.AnyKind, 0, null, &count) != Success)
        {
            return [];
        }

        nint[] devices = new nint[count];
        fixed (nint* first = devices)
        {
            return getDeviceIds(platform, Device.AnyKind, count, first, null) == Success ? devices : [];
        }
    }

    private Device Describe(nint id)
    {
        ulong kind = 0;
        uint generic = 0;
        getDeviceInfo(id, Device.KindQuestion, sizeof(ulong), &kind, null);
        getDeviceInfo(id, Device.GenericAddressSpaceQuestion, sizeof(uint), &generic, null);
        return new(
            Text(id, Device.NameQuestion),
            Text(id, Device.VersionQuestion),
            Text(id, Device.DriverQuestion),
            kind,
            generic != 0);
    }

    private string Text(nint id, uint question)
    {
        byte[] text = new byte[1024];
        fixed (byte* first = text)
        {
            return getDeviceInfo(id, question, (nuint)text.Length, first, null) == Success
                ? Encoding.UTF8.GetString(text).Split('\0')[0].Trim()
                : "";
        }
    }
}
