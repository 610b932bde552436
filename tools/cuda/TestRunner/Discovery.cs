using Xunit;
using Xunit.Abstractions;

namespace SoftBoN.TestRunner;

/// <summary>Collects the test cases of an assembly.</summary>
internal sealed class Discovery : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly List<ITestCase> cases = [];
    private readonly TaskCompletionSource done = new();

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found:
                cases.Add(found.TestCase);
                break;
            case IDiscoveryCompleteMessage:
                done.SetResult();
                break;
        }

        return true;
    }

    /// <summary>All cases, once there are no more to come.</summary>
    public IReadOnlyList<ITestCase> Wait()
    {
        done.Task.Wait();
        return cases;
    }
}
