using SoftBoN.Kernels.Cuda.Driver;

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>The operations' kernels; each has one for every kind of team.</summary>
internal enum Kernel
{
    Budget,
    Weights,
    SoftWeights,
    Picks,
    Selection,
}

/// <summary>The kernels that are loaded into a context.</summary>
internal sealed class LoadedKernels(DriverApi driver)
{
    private static readonly int Kinds = Enum.GetValues<Team>().Length;

    private readonly (nint Module, nint Function)[] loaded = new (nint, nint)[Enum.GetValues<Kernel>().Length * Kinds];
    private readonly string[] names = [.. Enum.GetValues<Kernel>()
        .SelectMany(kernel => Enum.GetValues<Team>().Select(team => $"{kernel}.{team}.Shuffle"))];

    /// <summary>A kernel's name.</summary>
    public string NameOf(Kernel kernel, Team team) => names[Place(kernel, team)];

    /// <summary>A kernel's function; loads it where it is not.</summary>
    public nint Of(Kernel kernel, Team team)
    {
        ref (nint Module, nint Function) one = ref loaded[Place(kernel, team)];
        if (one.Function == 0)
        {
            string name = NameOf(kernel, team);
            PtxKernel text = PtxTexts.Of(name);
            nint module = driver.LoadModule(text.Text, name);
            one = (module, driver.Function(module, text.EntryPoint, name));
        }

        return one.Function;
    }

    /// <summary>Unloads all.</summary>
    public void Unload()
    {
        foreach ((nint module, _) in loaded)
        {
            if (module != 0)
            {
                driver.UnloadModule(module);
            }
        }

        Array.Clear(loaded);
    }

    private static int Place(Kernel kernel, Team team) => ((int)kernel * Kinds) + (int)team;
}
