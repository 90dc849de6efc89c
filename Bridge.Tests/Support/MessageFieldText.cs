using System.Globalization;
using System.Text;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Support;

/// <summary>The fields of a message as one line a person can compare: <c>status: 1, nodeIds: [1 2], encapsulated: &lt;2501ff&gt;</c>.</summary>
internal sealed class MessageFieldText : FieldWriter
{
    private readonly StringBuilder _text = new();

    public static string Of(ISerialMessage message)
    {
        var fields = new MessageFieldText();
        message.Describe(fields);
        return fields._text.ToString();
    }

    public override void Number(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Number(string name, decimal value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Flag(string name, bool value) => Add(name, value ? "true" : "false");

    public override void Text(string name, string value) => Add(name, "\"" + value + "\"");

    public override void Hex(string name, ReadOnlySpan<byte> value) => Add(name, "<" + Convert.ToHexStringLower(value) + ">");

    public override void Numbers(string name, IEnumerable<int> values) => Add(name, "[" + string.Join(' ', values) + "]");

    public override void BeginObject(string name) => Add(name, "{");

    public override void BeginElement() => _text.Append('{');

    public override void EndObject() => _text.Append('}');

    public override void BeginList(string name) => Add(name, "[");

    public override void EndList() => _text.Append(']');

    public override void Encapsulated(string name, ReadOnlySpan<byte> command) => Hex(name, command);

    public override void EncapsulatedElement(ReadOnlySpan<byte> command) => _text.Append(Convert.ToHexStringLower(command)).Append(' ');

    private void Add(string name, string value)
    {
        if (_text.Length > 0 && _text[^1] is not ('{' or '[')) _text.Append(", ");
        _text.Append(name).Append(": ").Append(value);
    }
}
