using System.Globalization;
using System.Text;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.ZWave.Encapsulation;

/// <summary>Writes described fields on one line: <c>a=1 b=true c="text" d=0a0b e=[1,2] f{…} g[{…}{…}]</c>.</summary>
internal sealed class FieldTrace : FieldWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The fields of a command, without class and command names; or the error.</summary>
    public static string Of(string hex)
    {
        var bytes = WireAssert.Bytes(hex);
        var error = CommandCodec.TryDecode(bytes, out var command);
        if (error != DecodeError.None) return error.ToString();
        var trace = new FieldTrace();
        command!.Describe(trace);
        return trace.Error == DecodeError.None ? trace._text.ToString() : trace.Error.ToString();
    }

    public override void Number(string name, long value) => Append(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Number(string name, decimal value) => Append(name, value.ToString(CultureInfo.InvariantCulture));

    public override void Flag(string name, bool value) => Append(name, value ? "true" : "false");

    public override void Text(string name, string value) => Append(name, "\"" + value + "\"");

    public override void Hex(string name, ReadOnlySpan<byte> value) => Append(name, Convert.ToHexStringLower(value));

    public override void Numbers(string name, IEnumerable<int> values) => Append(name, "[" + string.Join(',', values) + "]");

    public override void BeginObject(string name) => Separate().Append(name).Append('{');

    public override void BeginElement() => _text.Append('{');

    public override void EndObject() => _text.Append('}');

    public override void BeginList(string name) => Separate().Append(name).Append('[');

    public override void EndList() => _text.Append(']');

    public override void Encapsulated(string name, ReadOnlySpan<byte> command)
    {
        BeginObject(name);
        Inner(command);
    }

    public override void EncapsulatedElement(ReadOnlySpan<byte> command)
    {
        BeginElement();
        Inner(command);
    }

    private void Inner(ReadOnlySpan<byte> command)
    {
        var error = CommandCodec.TryDecode(command, out var inner);
        if (error == DecodeError.None) inner!.Describe(this);
        else if (error == DecodeError.UnknownCommand) Hex("unknown", command);
        else if (Error == DecodeError.None) Error = error;
        EndObject();
    }

    private void Append(string name, string value) => Separate().Append(name).Append('=').Append(value);

    private StringBuilder Separate() => _text.Length == 0 || _text[^1] is '{' or '[' ? _text : _text.Append(' ');
}
