using System.Text;

namespace SoftBoN.Tool.Tests;

/// <summary>Gives its text and fails where the end would be.</summary>
internal sealed class FailingStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        return read > 0 ? read : throw new IOException("the disk is gone");
    }
}
