namespace SoftBoN.Tool.Input;

/// <summary>Passing over what the tool does not know, checked for form all the same.</summary>
internal ref partial struct JsonCursor
{
    private const int DeepestNesting = 64;

    /// <summary>Passes over a value of any kind.</summary>
    public void Skip(int depth = 0)
    {
        JsonKind kind = Peek();
        switch (kind)
        {
            case JsonKind.Text:
                TakeString();
                break;
            case JsonKind.Number:
                TakeNumber();
                break;
            case JsonKind.Object or JsonKind.Array when depth == DeepestNesting:
                throw new LineException(
                    $"byte {_at + 1} is nested deeper than {DeepestNesting} levels; flatten the line");
            case JsonKind.Object:
                SkipObject(depth + 1);
                break;
            case JsonKind.Array:
                SkipArray(depth + 1);
                break;
            default:
                TakeWord(kind);
                break;
        }
    }

    private void SkipObject(int depth)
    {
        Take((byte)'{');
        if (TryTake((byte)'}'))
        {
            return;
        }

        do
        {
            TakeString();
            Take((byte)':');
            Skip(depth);
        }
        while (TakeCommaOr((byte)'}'));
    }

    private void SkipArray(int depth)
    {
        Take((byte)'[');
        if (TryTake((byte)']'))
        {
            return;
        }

        do
        {
            Skip(depth);
        }
        while (TakeCommaOr((byte)']'));
    }
}
