using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Switch Binary (0x25, V1-V2): a relay.</summary>
public static class SwitchBinaryCommandClass
{
    public static readonly CommandClassId Id = new(0x25);

    /// <summary>True = the relay is closed. Writeable.</summary>
    public static readonly PropertyId State = new(Id, "state");

    public static readonly CommandClassDefinition Definition = new(Id, "SWITCH_BINARY", ImplementedVersion: 2,
    [
        CommandDefinition.Of<SwitchBinarySet>("SWITCH_BINARY_SET"),
        CommandDefinition.Of<SwitchBinaryGet>("SWITCH_BINARY_GET"),
        CommandDefinition.Of<SwitchBinaryReport>("SWITCH_BINARY_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("State", InterviewPhase.Values, static _ => [InterviewRequest.For<SwitchBinaryReport>(new SwitchBinaryGet())])
            {
                IsState = true,
            },
        ],
    };

    internal static readonly ValueMetadata StateMetadata = new("State") { IsWriteable = true };
}

/// <summary>Switch Binary Set (0x25 0x01): switch the relay.</summary>
/// <remarks>
/// byte 0  target value: 00 off; 01..63 and FF on; others are to be ignored by the device (some take any value but 00 as on)
/// byte 1  duration of the transition                                                                     since V2
/// Only 00 and FF are sent by us. Source: application command class specification, Binary Switch Set.
/// </remarks>
public sealed record SwitchBinarySet(byte TargetValue, Duration? Duration = null) : ICommand<SwitchBinarySet>
{
    public SwitchBinarySet(bool isOn)
        : this(SwitchState.ToByte(isOn))
    {
    }

    public static CommandId CommandId => new(SwitchBinaryCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out SwitchBinarySet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var target)) return DecodeError.Truncated;
        command = new(target, payload.TryReadByte(out var duration) ? new Duration(duration) : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(TargetValue);
        if (context.Version >= 2 && Duration is { } duration) payload.WriteByte(duration.Raw);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("targetValue", (long)TargetValue);
        if (SwitchState.Name(TargetValue) is { } state) fields.Text("state", state);
        fields.DurationInSet(Duration);
    }
}

/// <summary>Switch Binary Get (0x25 0x02): ask for the state. No parameters.</summary>
public sealed record SwitchBinaryGet : EmptyCommand<SwitchBinaryGet>, ICommand<SwitchBinaryGet>
{
    public static CommandId CommandId => new(SwitchBinaryCommandClass.Id, 0x02);
}

/// <summary>Switch Binary Report (0x25 0x03): the relay's state, and where it is going.</summary>
/// <remarks>
/// byte 0  current value: 00 off, 01..63 and FF on, FE unknown, others reserved
/// byte 1  target value                                                                                   since V2
/// byte 2  duration left                                                                                  since V2
/// A report with byte 1 but without byte 2 is read as V1. Source: application command class specification, Binary Switch Report.
/// </remarks>
public sealed record SwitchBinaryReport(byte CurrentValue, byte? TargetValue = null, Duration? Duration = null)
    : ICommand<SwitchBinaryReport>, IValueReport
{
    public static CommandId CommandId => new(SwitchBinaryCommandClass.Id, 0x03);

    /// <summary>True while the device is still on its way to another state: then this is not the result of a Set.</summary>
    public bool IsTransition => TargetValue is { } target && SwitchState.FromByte(target) != SwitchState.FromByte(CurrentValue);

    public static DecodeError TryDecode(ref PayloadReader payload, out SwitchBinaryReport? command)
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
        if (SwitchState.Name(CurrentValue) is { } state) fields.Text("state", state);
        fields.Number("targetValue", (long?)TargetValue);
        fields.DurationInReport(Duration);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(SwitchBinaryCommandClass.State, SwitchBinaryCommandClass.StateMetadata);
        if (SwitchState.FromByte(CurrentValue) is { } isOn) values.Set(SwitchBinaryCommandClass.State, Value.Of(isOn));
    }
}
