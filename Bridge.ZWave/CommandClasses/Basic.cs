using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Basic (0x20, V1-V2): the class every device has, mapped by the device onto its main class.</summary>
public static class BasicCommandClass
{
    public static readonly CommandClassId Id = new(0x20);

    /// <summary>00 off, 1..99 level, FF on. Writeable.</summary>
    public static readonly PropertyId Value = new(Id, "value");

    public static readonly CommandClassDefinition Definition = new(Id, "BASIC", ImplementedVersion: 2,
    [
        CommandDefinition.Of<BasicSet>("BASIC_SET"),
        CommandDefinition.Of<BasicGet>("BASIC_GET"),
        CommandDefinition.Of<BasicReport>("BASIC_REPORT"),
    ])
    {
        InterviewSteps = [new("Value", InterviewPhase.Values, AskValue) { IsState = true }],
    };

    internal static readonly ValueMetadata ValueMetadata = new("Basic value") { Minimum = 0, Maximum = 255, IsWriteable = true };

    /// <summary>Where Switch Binary is, Basic tells the same state once more: not asked.</summary>
    private static IEnumerable<InterviewRequest> AskValue(InterviewView view) =>
        view.Supports(SwitchBinaryCommandClass.Id) ? [] : [InterviewRequest.For<BasicReport>(new BasicGet())];
}

/// <summary>Basic Set (0x20 0x01): sets the device's main state; from a plug it means "I control you", not its own state.</summary>
/// <remarks>
/// byte 0  value: 00 off; 01..63 level; FF on; others reserved. Source: application command class specification, Basic Set.
/// </remarks>
public sealed record BasicSet(byte Value) : ICommand<BasicSet>
{
    public BasicSet(bool isOn)
        : this(SwitchState.ToByte(isOn))
    {
    }

    public static CommandId CommandId => new(BasicCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out BasicSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var value)) return DecodeError.Truncated;
        command = new(value);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Value);

    public void Describe(FieldWriter fields) => fields.Number("value", (long)Value);
}

/// <summary>Basic Get (0x20 0x02): ask for the value. No parameters.</summary>
public sealed record BasicGet : EmptyCommand<BasicGet>, ICommand<BasicGet>
{
    public static CommandId CommandId => new(BasicCommandClass.Id, 0x02);
}

/// <summary>Basic Report (0x20 0x03): the device's main state, and where it is going.</summary>
/// <remarks>
/// byte 0  current value: 00 off, 01..63 level, FF on, FE unknown, others reserved
/// byte 1  target value                                                                                   since V2
/// byte 2  duration left                                                                                  since V2
/// A report with byte 1 but without byte 2 is read as V1. Source: application command class specification, Basic Report.
/// </remarks>
public sealed record BasicReport(byte CurrentValue, byte? TargetValue = null, Duration? Duration = null)
    : ICommand<BasicReport>, IValueReport
{
    public static CommandId CommandId => new(BasicCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out BasicReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var current)) return DecodeError.Truncated;
        command = payload.TryReadByte(out var target) && payload.TryReadByte(out var duration)
            ? new(current, target, new Duration(duration))
            : new(current);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(CurrentValue);
        if (context.Version < 2 || TargetValue is not { } target) return;
        payload.WriteByte(target);
        payload.WriteByte((Duration ?? Wire.Duration.Instantly).Raw);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("currentValue", (long)CurrentValue);
        fields.Number("targetValue", (long?)TargetValue);
        fields.DurationInReport(Duration);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(BasicCommandClass.Value, BasicCommandClass.ValueMetadata);
        // Unknown and reserved bytes tell nothing about the state.
        if (SwitchState.FromByte(CurrentValue) is not null) values.Set(BasicCommandClass.Value, Value.Of((long)CurrentValue));
    }
}
