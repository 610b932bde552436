namespace SoftBoN.Tool.Output;

/// <summary>What a member of a row holds.</summary>
internal enum MemberKind : byte
{
    Float,

    /// <summary>A place among the candidates, from 0.</summary>
    Place,

    Text,

    /// <summary>A candidate's id: a number where the input's ids are numbers.</summary>
    Candidate,
}

/// <summary>A member of a row.</summary>
/// <param name="Name">As JSON calls it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsList">Whether it holds any number of them.</param>
internal readonly record struct RowMember(string Name, MemberKind Kind, bool IsList = false);
