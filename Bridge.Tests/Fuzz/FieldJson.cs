using System.Globalization;
using System.Text;
using Bridge.Cli;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>What diagnostics say about bytes, as one text to compare; encapsulated commands are described too.</summary>
internal sealed class FieldJson
{
    private readonly StringBuilder _text = new();

    /// <summary>Class, command and fields; or the error.</summary>
    public string Of(ReadOnlySpan<byte> command, out DecodeError error)
    {
        _text.Clear();
        using var text = new StringWriter(_text, CultureInfo.InvariantCulture);
        using var fields = new DecodeJsonWriter(text);
        fields.BeginElement();
        error = CommandDescriber.Describe(command, fields);
        if (error != DecodeError.None) return error.ToString();
        fields.EndObject();
        return _text.ToString();
    }

    /// <summary>The fields of a message; or the error inside.</summary>
    public string Of(ISerialMessage message)
    {
        _text.Clear();
        using var text = new StringWriter(_text, CultureInfo.InvariantCulture);
        using var fields = new DecodeJsonWriter(text);
        fields.BeginElement();
        message.Describe(fields);
        if (fields.Error != DecodeError.None) return fields.Error.ToString();
        fields.EndObject();
        return _text.ToString();
    }
}
