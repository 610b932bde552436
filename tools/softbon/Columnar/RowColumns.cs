using System.Globalization;
using System.Text;
using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Columnar;

/// <summary>Makes columns of the members that rows of JSON would have. What is not finite is null.</summary>
/// <param name="members">The members behind the id, in their order.</param>
/// <param name="idsAreNumbers">Whether prompts have integers for ids.</param>
/// <param name="candidatesAreNumbers">Whether candidates have.</param>
internal sealed class RowColumns(IReadOnlyList<RowMember> members, bool idsAreNumbers, bool candidatesAreNumbers) : IRowWriter
{
    private const string Id = "id";
    private const string Error = "error";

    private readonly (CellsShape Shape, byte[] Name)[] _shapes =
        [.. Shapes(members, idsAreNumbers, candidatesAreNumbers).Select(shape => (shape, Encoding.UTF8.GetBytes(shape.Name)))];

    private readonly Column<byte> _scratch = new();
    private TextArena _texts = new();
    private Cells[] _columns = [];
    private int _rows;
    private int _at;
    private bool _isInArray;

    public IEnumerable<CellsShape> AllShapes => _shapes.Select(shape => shape.Shape);

    public int Rows => _rows;

    /// <summary>Values in lists, which may be many a row.</summary>
    public long Values => _columns.Where(column => column.Shape.IsList).Sum(column => (long)column.Count);

    /// <summary>Memory that texts take.</summary>
    public long TextBytes { get; private set; }

    public void BeginRow()
    {
        if (_columns.Length == 0)
        {
            _columns = [.. _shapes.Select(shape => Cells.Create(shape.Shape))];
        }

        _at = -1;
    }

    public void EndRow()
    {
        _rows++;
        foreach (Cells column in _columns)
        {
            if (column.Rows < _rows)
            {
                column.EndNullRow();
            }
        }
    }

    /// <summary>Hands the columns out and begins anew.</summary>
    public Cells[] Take()
    {
        BeginRow();
        Cells[] columns = _columns;
        (_columns, _rows, _texts, TextBytes) = ([], 0, new TextArena(), 0);
        return columns;
    }

    public IRowWriter Name(ReadOnlySpan<byte> name)
    {
        do
        {
            _at++;
        }
        while (!name.SequenceEqual(_shapes[_at].Name));
        return this;
    }

    public void Number(float value)
    {
        if (float.IsFinite(value))
        {
            ((Cells<float>)_columns[_at]).Add(value);
        }
        else
        {
            _columns[_at].AddNull();
        }

        End();
    }

    public void Number(ulong value)
    {
        ((Cells<ulong>)_columns[_at]).Add(value);
        End();
    }

    public void Place(int index)
    {
        if (index >= 0)
        {
            ((Cells<int>)_columns[_at]).Add(index);
        }
        else
        {
            _columns[_at].AddNull();
        }

        End();
    }

    public void Null()
    {
        _columns[_at].AddNull();
        End();
    }

    public void Raw(ReadOnlySpan<byte> json)
    {
        if (json.SequenceEqual("null"u8))
        {
            Null();
        }
        else if (json[0] == '"' && json.Contains((byte)'\\'))
        {
            _scratch.Clear();
            JsonText.Unescape(json, _scratch);
            String(_scratch.Span);
        }
        else
        {
            String(json[0] == '"' ? json[1..^1] : json);
        }
    }

    public void String(ReadOnlySpan<byte> text)
    {
        if (_columns[_at] is Cells<long> numbers)
        {
            numbers.Add(long.Parse(text, CultureInfo.InvariantCulture));
        }
        else
        {
            ReadOnlyMemory<char> added = _texts.Add(text);
            ((Cells<ReadOnlyMemory<char>>)_columns[_at]).Add(added);
            TextBytes += (long)added.Length * sizeof(char);
        }

        End();
    }

    public void Numbers(ReadOnlySpan<float> values)
    {
        BeginArray();
        foreach (float value in values)
        {
            Number(value);
        }

        EndArray();
    }

    public void Places(ReadOnlySpan<int> indices)
    {
        BeginArray();
        foreach (int index in indices)
        {
            Place(index);
        }

        EndArray();
    }

    public void BeginArray() => _isInArray = true;

    public void EndArray()
    {
        _isInArray = false;
        _columns[_at].EndRow();
    }

    public void Separate()
    {
        // Columns have nothing between values.
    }

    private void End()
    {
        if (!_isInArray)
        {
            _columns[_at].EndRow();
        }
    }

    private static IEnumerable<CellsShape> Shapes(IReadOnlyList<RowMember> members, bool idNumbers, bool candidateNumbers)
    {
        Type name = typeof(ReadOnlyMemory<char>);
        yield return Shape(Id, idNumbers ? typeof(long) : name, isList: false);
        foreach (RowMember member in members)
        {
            yield return Shape(
                member.Name,
                member.Kind switch
                {
                    MemberKind.Float => typeof(float),
                    MemberKind.Place => typeof(int),
                    MemberKind.Candidate when candidateNumbers => typeof(long),
                    _ => name,
                },
                member.IsList);
        }

        yield return Shape(Error, name, isList: false);
    }

    private static CellsShape Shape(string name, Type type, bool isList) => new(name, type, isList, type.Name);
}
