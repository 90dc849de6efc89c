using System.Globalization;
using System.Text;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>Writes the fields of a command as one line, in order: <c>size=1 value=-1 scales=[0,2]</c>.</summary>
internal sealed class DescribedFields : FieldWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The fields of the command these bytes hold.</summary>
    public static string Of(string hex)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        return Of(command!);
    }

    public static string Of(ICommand command)
    {
        var fields = new DescribedFields();
        command.Describe(fields);
        return fields._text.ToString();
    }

    public override void Number(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Number(string name, decimal value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Flag(string name, bool value) => Add(name, value ? "true" : "false");

    public override void Text(string name, string value) => Add(name, value);

    public override void Hex(string name, ReadOnlySpan<byte> value) => Add(name, Convert.ToHexStringLower(value));

    public override void Numbers(string name, IEnumerable<int> values) => Add(name, "[" + string.Join(',', values) + "]");

    public override void BeginObject(string name) => Add(name, "{");

    public override void BeginElement() => _text.Append(" {");

    public override void EndObject() => _text.Append(" }");

    public override void BeginList(string name) => Add(name, "[");

    public override void EndList() => _text.Append(" ]");

    public override void Encapsulated(string name, ReadOnlySpan<byte> command) => Hex(name, command);

    public override void EncapsulatedElement(ReadOnlySpan<byte> command) => _text.Append(' ').Append(Convert.ToHexStringLower(command));

    private void Add(string name, string value)
    {
        if (_text.Length > 0) _text.Append(' ');
        _text.Append(name).Append('=').Append(value);
    }
}
