namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values: a number, bool, text or bytes; null where it holds others.</param>
/// <param name="IsList">Whether each row holds a list of them.</param>
/// <param name="Spelled">How the file calls the type, for messages.</param>
internal sealed record CellsShape(string Name, Type? Type, bool IsList, string Spelled)
{
    private static readonly HashSet<Type> Held =
    [
        typeof(bool), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(float), typeof(double), typeof(ReadOnlyMemory<char>), typeof(ReadOnlyMemory<byte>),
    ];

    public bool IsText => Type == typeof(ReadOnlyMemory<char>);

    public bool IsInteger => IsNumber && Type != typeof(float) && Type != typeof(double);

    public bool IsNumber => Type is not null && !IsText && Type != typeof(bool) && Type != typeof(ReadOnlyMemory<byte>);

    /// <summary>Whether values of this type are held.</summary>
    public static bool Holds(Type type) => Held.Contains(type);
}
