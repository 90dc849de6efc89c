using System.Globalization;
using System.Text;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>
/// The described fields as one short text: <c>group=1 name='Lamp' data=0x0aff members=[1,2] parts=[{a=1} {a=2}] inner={value=255}</c>.
/// An encapsulated command is shown by its fields; with <paramref name="keepsCommands"/> by its bytes.
/// </summary>
internal sealed class FieldText(bool keepsCommands = false) : FieldWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The fields of a whole command; the bytes must decode, and those of the commands inside.</summary>
    public static string Of(string hex)
    {
        Assert.Equal(DecodeError.None, TryDescribe(hex, out var text));
        return text;
    }

    /// <summary>The same, or the name of the error.</summary>
    public static string OrErrorOf(string hex)
    {
        var error = TryDescribe(hex, out var text);
        return error == DecodeError.None ? text : error.ToString();
    }

    /// <summary>The fields of a command; those of commands inside must decode, unless they are kept as bytes.</summary>
    public static string Of(ICommand command, bool keepsCommands = false)
    {
        var fields = new FieldText(keepsCommands);
        command.Describe(fields);
        Assert.Equal(DecodeError.None, fields.Error);
        return fields._text.ToString();
    }

    /// <summary>The fields of a message. The command in it stays bytes: the Serial API knows no command class.</summary>
    public static string Of(ISerialMessage message)
    {
        var fields = new FieldText(keepsCommands: true);
        message.Describe(fields);
        return fields._text.ToString();
    }

    public override void Number(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Number(string name, decimal value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Flag(string name, bool value) => Add(name, value ? "true" : "false");

    public override void Text(string name, string value) => Add(name, "'" + value + "'");

    public override void Hex(string name, ReadOnlySpan<byte> value) => Add(name, "0x" + Convert.ToHexStringLower(value));

    public override void Numbers(string name, IEnumerable<int> values) => Add(name, "[" + string.Join(',', values) + "]");

    public override void BeginObject(string name) => Add(name, "{");

    public override void BeginElement() => Separate().Append('{');

    public override void EndObject() => _text.Append('}');

    public override void BeginList(string name) => Add(name, "[");

    public override void EndList() => _text.Append(']');

    public override void Encapsulated(string name, ReadOnlySpan<byte> command)
    {
        if (keepsCommands)
        {
            Hex(name, command);
            return;
        }

        BeginObject(name);
        DescribeInner(command);
        EndObject();
    }

    public override void EncapsulatedElement(ReadOnlySpan<byte> command)
    {
        if (keepsCommands)
        {
            Separate().Append("0x").Append(Convert.ToHexStringLower(command));
            return;
        }

        BeginElement();
        DescribeInner(command);
        EndObject();
    }

    private static DecodeError TryDescribe(string hex, out string text)
    {
        text = string.Empty;
        var error = CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command);
        if (error != DecodeError.None) return error;
        var fields = new FieldText();
        command!.Describe(fields);
        text = fields._text.ToString();
        return fields.Error;
    }

    private void DescribeInner(ReadOnlySpan<byte> command)
    {
        var error = CommandCodec.TryDecode(command, out var inner);
        if (error == DecodeError.None) inner!.Describe(this);
        else if (error == DecodeError.UnknownCommand) Hex("unknown", command);
        else if (Error == DecodeError.None) Error = error;
    }

    private void Add(string name, string value) => Separate().Append(name).Append('=').Append(value);

    private StringBuilder Separate() => _text.Length == 0 || _text[^1] is '{' or '[' ? _text : _text.Append(' ');
}
