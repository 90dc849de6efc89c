namespace Bridge.ZWave.Wire;

/// <summary>
/// Receives the fields of a decoded message by their specification names in lowerCamelCase (<c>zwbridge decode</c>, diagnostics).
/// A field that is not in the frame is not written.
/// </summary>
public abstract class FieldWriter
{
    /// <summary>The first error met inside an encapsulated command; it makes the whole message malformed.</summary>
    public DecodeError Error { get; protected set; }

    public abstract void Number(string name, long value);

    public abstract void Number(string name, decimal value);

    public abstract void Flag(string name, bool value);

    public abstract void Text(string name, string value);

    /// <summary>Raw bytes as lower-case hex without blanks.</summary>
    public abstract void Hex(string name, ReadOnlySpan<byte> value);

    public abstract void Numbers(string name, IEnumerable<int> values);

    public abstract void BeginObject(string name);

    /// <summary>Starts an element of the list begun with <see cref="BeginList"/>.</summary>
    public abstract void BeginElement();

    public abstract void EndObject();

    public abstract void BeginList(string name);

    public abstract void EndList();

    /// <summary>An encapsulated command as an object of its own; its errors end up in <see cref="Error"/>.</summary>
    public abstract void Encapsulated(string name, ReadOnlySpan<byte> command);

    /// <summary>An encapsulated command as an element of the current list.</summary>
    public abstract void EncapsulatedElement(ReadOnlySpan<byte> command);

    public void Number(string name, long? value)
    {
        if (value is { } present) Number(name, present);
    }

    public void Flag(string name, bool? value)
    {
        if (value is { } present) Flag(name, present);
    }

    /// <summary>A class list as numbers.</summary>
    public void CommandClasses(string name, IEnumerable<CommandClassId> classes) =>
        Numbers(name, classes.Select(static id => (int)id.Value));

    /// <summary>A duration byte of a Set and its seconds, when known.</summary>
    public void DurationInSet(Duration? duration)
    {
        if (duration is not { } present) return;
        Number("duration", (long)present.Raw);
        Number("durationSeconds", present.SecondsInSet);
    }

    /// <summary>A duration byte of a Report and its seconds, when known.</summary>
    public void DurationInReport(Duration? duration)
    {
        if (duration is not { } present) return;
        Number("duration", (long)present.Raw);
        Number("durationSeconds", present.SecondsInReport);
    }
}
