using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;

namespace Bridge.Cli;

/// <summary>Writes the fields of decoded messages as JSON on one line, encapsulated commands as objects inside.</summary>
public sealed class DecodeJsonWriter : FieldWriter, IDisposable
{
    /// <summary>
    /// Commands inside commands, at most. The deepest a frame on the line can hold is 84 (252 bytes, three a level), so only made-up
    /// input is refused, before it can exhaust the stack.
    /// </summary>
    public const int MaximumNesting = 100;

    private readonly JsonTextWriter _json;
    private int _nesting;

    /// <param name="output">Takes the text; stays open.</param>
    public DecodeJsonWriter(TextWriter output) =>
        _json = new(output) { CloseOutput = false, AutoCompleteOnClose = false, Formatting = Formatting.None };

    public override void Number(string name, long value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
    }

    public override void Number(string name, decimal value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
    }

    public override void Flag(string name, bool value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
    }

    public override void Text(string name, string value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(value);
    }

    public override void Hex(string name, ReadOnlySpan<byte> value)
    {
        _json.WritePropertyName(name);
        _json.WriteValue(Convert.ToHexStringLower(value));
    }

    public override void Numbers(string name, IEnumerable<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        BeginList(name);
        foreach (var value in values) _json.WriteValue(value);
        EndList();
    }

    public override void BeginObject(string name)
    {
        _json.WritePropertyName(name);
        _json.WriteStartObject();
    }

    /// <summary>Starts an element of the current list; outside of any list, the document itself.</summary>
    public override void BeginElement() => _json.WriteStartObject();

    public override void EndObject() => _json.WriteEndObject();

    public override void BeginList(string name)
    {
        _json.WritePropertyName(name);
        _json.WriteStartArray();
    }

    public override void EndList() => _json.WriteEndArray();

    public override void Encapsulated(string name, ReadOnlySpan<byte> command)
    {
        BeginObject(name);
        DescribeInner(command);
        EndObject();
    }

    public override void EncapsulatedElement(ReadOnlySpan<byte> command)
    {
        BeginElement();
        DescribeInner(command);
        EndObject();
    }

    /// <summary>Gives the writer's buffers back; writes nothing, also in the middle of a document.</summary>
    public void Dispose() => ((IDisposable)_json).Dispose();

    private void DescribeInner(ReadOnlySpan<byte> command)
    {
        // After an error nothing more matters: the whole document is thrown away.
        if (Error != DecodeError.None) return;
        if (_nesting == MaximumNesting)
        {
            Error = DecodeError.ReservedValue;
            return;
        }

        _nesting++;
        var error = CommandDescriber.Describe(command, this);
        _nesting--;
        if (Error == DecodeError.None) Error = error;
    }
}
