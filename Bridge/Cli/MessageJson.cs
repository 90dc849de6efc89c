using System.Globalization;
using System.Text;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>One message in hex to one line of JSON, whatever the text is.</summary>
public sealed class MessageJson(DecodeOptions options)
{
    private const byte SmallestLength = DataFrame.Overhead - 2;

    /// <summary>Appends one line.</summary>
    public void Append(ReadOnlySpan<char> hex, StringBuilder output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var start = output.Length;
        var isSerial = false;
        var error = DecodeError.ReservedValue;
        if (Hex.TryParse(hex, out var bytes))
        {
            isSerial = options.Kind == DecodeKind.Serial || (options.Kind == DecodeKind.Auto && LooksSerial(bytes));
            error = Describe(bytes, isSerial, output);
        }

        if (error != DecodeError.None)
        {
            // What was written before the error showed up is not the truth.
            output.Length = start;
            AppendFailure(isSerial, error, output);
        }

        output.Append('\n');
    }

    /// <summary>Appends the object of a malformed message, without a line end.</summary>
    internal static void AppendFailure(bool isSerial, DecodeError error, StringBuilder output)
    {
        using var text = new StringWriter(output, CultureInfo.InvariantCulture);
        using var fields = new DecodeJsonWriter(text);
        fields.BeginElement();
        fields.Text("kind", isSerial ? "serial" : "cc");
        fields.Flag("ok", false);
        fields.BeginObject("error");
        fields.Text("code", error switch
        {
            DecodeError.Truncated => "truncated",
            DecodeError.Checksum => "checksum",
            _ => "invalid",
        });
        fields.EndObject();
        fields.EndObject();
    }

    private DecodeError Describe(byte[] bytes, bool isSerial, StringBuilder output)
    {
        using var text = new StringWriter(output, CultureInfo.InvariantCulture);
        using var fields = new DecodeJsonWriter(text);
        fields.BeginElement();
        fields.Text("kind", isSerial ? "serial" : "cc");
        fields.Flag("ok", true);
        var error = isSerial ? DescribeSerial(bytes, fields) : CommandDescriber.Describe(bytes, fields);
        if (error == DecodeError.None) fields.EndObject();
        return error;
    }

    private static bool LooksSerial(byte[] bytes) => bytes switch
    {
        [LineEvent.Ack or LineEvent.Nak or LineEvent.Can] => true,
        [DataFrame.StartOfFrame, >= SmallestLength and var length, ..] => bytes.Length == length + 2,
        _ => false,
    };

    private DecodeError DescribeSerial(byte[] bytes, DecodeJsonWriter fields)
    {
        if (bytes[0] == DataFrame.StartOfFrame) return DescribeData(bytes, fields);
        if (bytes.Length > 1) return DecodeError.ReservedValue;
        var name = bytes[0] switch
        {
            LineEvent.Ack => "ack",
            LineEvent.Nak => "nak",
            LineEvent.Can => "can",
            _ => null,
        };
        if (name is null) return DecodeError.ReservedValue;
        fields.Text("frame", name);
        fields.BeginObject("fields");
        fields.EndObject();
        return DecodeError.None;
    }

    private DecodeError DescribeData(byte[] bytes, DecodeJsonWriter fields)
    {
        if (bytes.Length < 2) return DecodeError.Truncated;
        var length = bytes[1] + 2;
        if (bytes[1] < SmallestLength || bytes.Length > length) return DecodeError.ReservedValue;
        if (bytes.Length < length) return DecodeError.Truncated;
        if (DataFrame.Checksum(bytes.AsSpan(1, length - 2)) != bytes[^1]) return DecodeError.Checksum;
        if (bytes[2] > (byte)FrameType.Response) return DecodeError.ReservedValue;
        var isResponse = bytes[2] == (byte)FrameType.Response;
        var function = new FunctionId(bytes[3]);
        var kind = isResponse ? MessageKind.Response : options.IsFromHost ? MessageKind.HostRequest : MessageKind.ModuleRequest;
        var payload = bytes.AsSpan(4..^1);
        var error = FunctionRegistry.TryDecode(function, kind, payload, options.NodeIdWidth, out var message);
        if (FixedMessages.Contains(function, kind))
        {
            if (error is not (DecodeError.None or DecodeError.UnknownCommand)) return error;
        }
        else if (message is not null && !CanBeDescribed(message))
        {
            message = null;
        }

        fields.Text("frame", "data");
        fields.Text("type", isResponse ? "RES" : "REQ");
        fields.Text("functionId", function.ToString());
        if (FunctionRegistry.Find(function) is { } definition) fields.Text("functionName", definition.Name);
        if (message is null) fields.Flag("known", false);
        fields.BeginObject("fields");
        if (message is not null) message.Describe(fields);
        else if (payload.Length > 0) fields.Hex("payload", payload);
        if (fields.Error != DecodeError.None) return fields.Error;
        fields.EndObject();
        return DecodeError.None;
    }

    /// <summary>False when a command the message carries is malformed.</summary>
    private static bool CanBeDescribed(ISerialMessage message)
    {
        using var fields = new DecodeJsonWriter(TextWriter.Null);
        fields.BeginElement();
        message.Describe(fields);
        return fields.Error == DecodeError.None;
    }
}
