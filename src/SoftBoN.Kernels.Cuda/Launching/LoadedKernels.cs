using SoftBoN.Kernels.Cuda.Driver;

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>The kernels that are loaded into a context.</summary>
internal sealed class LoadedKernels(DriverApi driver)
{
    private readonly Dictionary<string, (nint Module, nint Function)> loaded = [];

    /// <summary>A kernel's function; loads it where it is not.</summary>
    public nint Of(string name)
    {
        if (!loaded.TryGetValue(name, out (nint Module, nint Function) one))
        {
            PtxKernel text = PtxTexts.Of(name);
            nint module = driver.LoadModule(text.Text, name);
            try
            {
                one = (module, driver.Function(module, text.EntryPoint, name));
            }
            catch (CudaFaultException)
            {
                driver.UnloadModule(module);
                throw;
            }

            loaded.Add(name, one);
        }

        return one.Function;
    }

    /// <summary>Unloads all.</summary>
    public void Unload()
    {
        foreach ((nint module, _) in loaded.Values)
        {
            driver.UnloadModule(module);
        }

        loaded.Clear();
    }
}
