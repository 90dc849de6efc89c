using System.Globalization;
using System.Text;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// The described fields as one short text: <c>group=1 members=[1,2] parts=[{a=1 b=true}]</c>. Hex is written as <c>0x0aff</c>.
/// </summary>
internal sealed class FieldText : FieldWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The fields of a whole command; the bytes must decode.</summary>
    public static string Of(string hex)
    {
        Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
        var fields = new FieldText();
        command!.Describe(fields);
        return fields._text.ToString();
    }

    public override void Number(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Number(string name, decimal value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Flag(string name, bool value) => Add(name, value ? "true" : "false");

    public override void Text(string name, string value) => Add(name, "'" + value + "'");

    public override void Hex(string name, ReadOnlySpan<byte> value) => Add(name, "0x" + Convert.ToHexStringLower(value));

    public override void Numbers(string name, IEnumerable<int> values) => Add(name, "[" + string.Join(',', values) + "]");

    public override void BeginObject(string name) => Add(name, "{");

    public override void BeginElement()
    {
        Separate();
        _text.Append('{');
    }

    public override void EndObject() => _text.Append('}');

    public override void BeginList(string name) => Add(name, "[");

    public override void EndList() => _text.Append(']');

    public override void Encapsulated(string name, ReadOnlySpan<byte> command) => Hex(name, command);

    public override void EncapsulatedElement(ReadOnlySpan<byte> command)
    {
        Separate();
        _text.Append("0x").Append(Convert.ToHexStringLower(command));
    }

    private void Add(string name, string value)
    {
        Separate();
        _text.Append(name).Append('=').Append(value);
    }

    private void Separate()
    {
        if (_text.Length > 0 && _text[^1] is not ('{' or '[')) _text.Append(' ');
    }
}
