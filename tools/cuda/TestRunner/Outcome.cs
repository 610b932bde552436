using Xunit;
using Xunit.Abstractions;

namespace SoftBoN.TestRunner;

/// <summary>Prints what fails and what is skipped and why, and counts.</summary>
/// <param name="output">Where to print.</param>
internal sealed class Outcome(TextWriter output) : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly Lock access = new();
    private readonly SortedDictionary<string, int> skipReasons = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource done = new();
    private int passed, failed;

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (access)
        {
            Count(message);
        }

        if (message is ITestAssemblyFinished)
        {
            done.SetResult();
        }

        return true;
    }

    /// <summary>Whether something passed and nothing failed, once all is run.</summary>
    public bool Wait()
    {
        done.Task.Wait();
        foreach ((string reason, int tests) in skipReasons)
        {
            output.WriteLine($"skipped {tests}: {reason}");
        }

        output.WriteLine($"{passed} passed, {failed} failed, {skipReasons.Values.Sum()} skipped");
        return passed > 0 && failed == 0;
    }

    private void Count(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed:
                passed++;
                break;
            case ITestSkipped skipped:
                skipReasons[skipped.Reason] = skipReasons.GetValueOrDefault(skipped.Reason) + 1;
                break;
            case ITestFailed test:
                Fail(test.Test.DisplayName, test);
                break;
            case IFailureInformation fault:
                Fail(message.GetType().Name, fault);
                break;
        }
    }

    /// <summary>A test, or what was to clean up after some.</summary>
    private void Fail(string name, IFailureInformation fault)
    {
        failed++;
        output.WriteLine($"FAILED {name}");
        for (int i = 0; i < fault.Messages.Length; i++)
        {
            output.WriteLine($"    {fault.ExceptionTypes[i]}: {fault.Messages[i]}");
            output.WriteLine(fault.StackTraces[i]);
        }
    }
}
