namespace SoftBoN.OpenClProbe;

/// <summary>
/// Lists the OpenCL devices of the machine and why the kernels can or cannot run on each. Ends with 0 where one of them
/// will do; with <c>--processor</c> only the processor counts.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        bool processorOnly = arguments is ["--processor"];
        if (arguments.Length > 0 && !processorOnly)
        {
            Console.Error.WriteLine("usage: OpenClProbe [--processor]");
            return 2;
        }

        OpenCl? loader = OpenCl.Load();
        if (loader == null)
        {
            Console.WriteLine("no OpenCL loader (libOpenCL.so)");
            return 1;
        }

        bool usable = false;
        foreach (Device device in loader.Devices())
        {
            Console.WriteLine(
                $"{device.Name}, {device.Version}, driver {device.Driver}: {device.Obstacle ?? "usable"}");
            usable |= device.Obstacle == null && (device.IsProcessor || !processorOnly);
        }

        return usable ? 0 : 1;
    }
}
