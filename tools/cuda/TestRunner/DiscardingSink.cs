using Xunit;
using Xunit.Abstractions;

namespace SoftBoN.TestRunner;

/// <summary>Takes xunit's messages about itself, which nobody reads.</summary>
internal sealed class DiscardingSink : LongLivedMarshalByRefObject, IMessageSink
{
    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message) => true;
}
