using System.Globalization;
using System.Text;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>Pieces of a serial stream to one line of JSON: frames, noise between them, and what each is answered with.</summary>
public static class StreamJson
{
    /// <summary>Appends one line. A piece that is not hex makes the whole stream malformed.</summary>
    public static void Append(IReadOnlyList<string> pieces, StringBuilder output)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(output);
        var parser = new FrameParser();
        List<LineEvent> events = [];
        foreach (var piece in pieces)
        {
            if (!Hex.TryParse(piece, out var bytes))
            {
                MessageJson.AppendFailure(isSerial: true, DecodeError.ReservedValue, output);
                output.Append('\n');
                return;
            }

            parser.Push(bytes);
            Take(parser, events);
        }

        parser.Complete();
        Take(parser, events);
        using var text = new StringWriter(output, CultureInfo.InvariantCulture);
        using var fields = new DecodeJsonWriter(text);
        fields.BeginElement();
        fields.Text("kind", "serial");
        fields.Flag("ok", true);
        fields.BeginList("events");
        foreach (var lineEvent in events) Write(lineEvent, fields);
        fields.EndList();
        fields.EndObject();
        output.Append('\n');
    }

    private static void Take(FrameParser parser, List<LineEvent> events)
    {
        while (parser.TryRead(out var next))
        {
            // The parser reports long noise in parts; here it is one.
            if (next.Kind == LineEventKind.Discarded && events is [.., { Kind: LineEventKind.Discarded } last])
            {
                events[^1] = next with { Bytes = (byte[])[.. last.Bytes.Span, .. next.Bytes.Span] };
            }
            else
            {
                events.Add(next);
            }
        }
    }

    private static void Write(LineEvent lineEvent, DecodeJsonWriter fields)
    {
        fields.BeginElement();
        switch (lineEvent.Kind)
        {
            case LineEventKind.Ack: fields.Text("frame", "ack"); break;
            case LineEventKind.Nak: fields.Text("frame", "nak"); break;
            case LineEventKind.Can: fields.Text("frame", "can"); break;
            case LineEventKind.Discarded: fields.Hex("discarded", lineEvent.Bytes.Span); break;
            case LineEventKind.Data:
                fields.Text("frame", "data");
                fields.Hex("hex", lineEvent.Frame!.ToBytes());
                break;
            case LineEventKind.Invalid:
                fields.Text("frame", "invalid");
                fields.Hex("hex", lineEvent.Bytes.Span);
                break;
        }

        if (lineEvent.Reply is { } reply) fields.Hex("reply", [reply]);
        fields.EndObject();
    }
}
