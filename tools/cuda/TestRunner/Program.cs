using System.Reflection;
using SoftBoN.TestRunner;
using Xunit.Abstractions;
using Xunit.Sdk;

if (args.Length == 0 || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("usage: TestRunner ASSEMBLY [PART-OF-NAME...]");
    return 2;
}

Assembly assembly = Assembly.Load(args[0]);
string[] parts = args[1..];
var framework = new XunitTestFramework(new DiscardingSink());

var discovery = new Discovery();
using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
discoverer.Find(includeSourceInformation: false, discovery, new FrameworkOptions());
IReadOnlyList<ITestCase> cases =
[
    .. discovery.Wait().Where(one =>
        parts.Length == 0 || parts.Any(part => one.DisplayName.Contains(part, StringComparison.OrdinalIgnoreCase))),
];

var outcome = new Outcome(Console.Out);
using ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName());
executor.RunTests(cases, outcome, new FrameworkOptions());
return outcome.Wait() ? 0 : 1;
