using System.Reflection;
using System.Runtime.Loader;

namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>An engine on the processor asks for no assembly that generates code or drives a device.</summary>
public sealed class HostOnlyTests
{
    [Fact]
    public void Ilgpu_is_not_loaded()
    {
        var context = new RecordingContext();
        try
        {
            Assembly tests = context.LoadFromAssemblyPath(typeof(HostOnlyTests).Assembly.Location);
            Type here = tests.GetType(typeof(HostOnlyTests).FullName!)!;
            here.GetMethod(nameof(RunEverything), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null);

            Assert.Contains("SoftBoN.Kernels", context.Asked);
            Assert.Contains("SoftBoN.Kernels.Ops", context.Asked);
            Assert.DoesNotContain(context.Asked, name => name.Contains("ILGPU", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(context.Asked, name => name.Contains("Reflection.Emit", StringComparison.Ordinal));
        }
        finally
        {
            context.Unload();
        }
    }

    private static void RunEverything()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost(new SoftBonOptions { MaxDegreeOfParallelism = 2 });
        float[] rewards = new float[100_000];
        Rows rows = Rows.Dense(1000, 100);
        engine.SoftWeights(rewards, rows, 1, new SoftWeightsOutputs { Weights = new float[100_000] });
        engine.Select(rewards, rows, new SelectionOptions { Lambda = 1, Seed = 1 }, new int[1000]);
        engine.Majority(rewards, rows, 1, new int[100_000], new MajorityOutputs { Answer = new int[1000] });
    }

    /// <summary>Loads the project's assemblies anew and notes what they ask for.</summary>
    private sealed class RecordingContext() : AssemblyLoadContext("host only", isCollectible: true)
    {
        private readonly HashSet<string> asked = [];

        public IReadOnlyCollection<string> Asked
        {
            get
            {
                lock (asked)
                {
                    return [.. asked];
                }
            }
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            lock (asked)
            {
                asked.Add(assemblyName.Name!);
            }

            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return assemblyName.Name!.StartsWith("SoftBoN", StringComparison.Ordinal) && File.Exists(path)
                ? LoadFromAssemblyPath(path)
                : null;
        }
    }
}
