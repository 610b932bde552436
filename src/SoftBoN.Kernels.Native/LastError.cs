using System.Text;

namespace SoftBoN.Kernels.Native;

/// <summary>The words of a thread's last failed call, where C finds them; freed some time after the thread's end.</summary>
internal sealed unsafe class LastError
{
    [ThreadStatic]
    private static LastError? ofThread;

    private byte* text;

    ~LastError() => NativeMemory.Free(text);

    /// <summary>The thread's words; a pointer to an empty text where no call of the thread failed.</summary>
    public static byte* Text => ofThread == null || ofThread.text == null ? NoText : ofThread.text;

    private static byte* NoText
    {
        get
        {
            ReadOnlySpan<byte> none = "\0"u8;
            return (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(none));
        }
    }

    /// <summary>Keeps the words of a failed call in place of those of the one before.</summary>
    public static void Set(string words)
    {
        LastError error = ofThread ??= new LastError();
        int bytes = Encoding.UTF8.GetByteCount(words);
        error.text = (byte*)NativeMemory.Realloc(error.text, (nuint)bytes + 1);
        Encoding.UTF8.GetBytes(words, new Span<byte>(error.text, bytes));
        error.text[bytes] = 0;
    }
}
