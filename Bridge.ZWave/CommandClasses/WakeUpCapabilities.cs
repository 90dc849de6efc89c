using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Wake Up Interval Capabilities Get (0x84 0x09): ask which intervals are possible. No parameters. Since V2.</summary>
public sealed record WakeUpIntervalCapabilitiesGet : EmptyCommand<WakeUpIntervalCapabilitiesGet>, ICommand<WakeUpIntervalCapabilitiesGet>
{
    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x09);
}

/// <summary>Wake Up Interval Capabilities Report (0x84 0x0A): which intervals are possible. Since V2.</summary>
/// <remarks>
/// bytes 0..2   shortest interval, in seconds
/// bytes 3..5   longest interval
/// bytes 6..8   interval the node comes with
/// bytes 9..11  step: intervals are multiples of it above the shortest
/// byte 12      bit 0 the node can be woken by a beam; the others reserved                                since V3
/// Source: application command class specification, Wake Up Interval Capabilities Report.
/// </remarks>
public sealed record WakeUpIntervalCapabilitiesReport(
    uint MinimumSeconds, uint MaximumSeconds, uint DefaultSeconds, uint StepSeconds, bool? WakeUpOnDemand = null)
    : ICommand<WakeUpIntervalCapabilitiesReport>, IValueReport
{
    private const byte OnDemandFlag = 0x01;

    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x0A);

    public static DecodeError TryDecode(ref PayloadReader payload, out WakeUpIntervalCapabilitiesReport? command)
    {
        command = null;
        if (!payload.TryReadUInt24(out var minimum) || !payload.TryReadUInt24(out var maximum) ||
            !payload.TryReadUInt24(out var preset) || !payload.TryReadUInt24(out var step))
        {
            return DecodeError.Truncated;
        }

        command = new(minimum, maximum, preset, step, payload.TryReadByte(out var flags) ? (flags & OnDemandFlag) != 0 : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt24(MinimumSeconds);
        payload.WriteUInt24(MaximumSeconds);
        payload.WriteUInt24(DefaultSeconds);
        payload.WriteUInt24(StepSeconds);
        if (context.Version >= 3 && WakeUpOnDemand is { } onDemand) payload.WriteByte(onDemand ? OnDemandFlag : (byte)0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("minimumWakeUpIntervalSeconds", (long)MinimumSeconds);
        fields.Number("maximumWakeUpIntervalSeconds", (long)MaximumSeconds);
        fields.Number("defaultWakeUpIntervalSeconds", (long)DefaultSeconds);
        fields.Number("wakeUpIntervalStepSeconds", (long)StepSeconds);
        fields.Flag("wakeUpOnDemand", WakeUpOnDemand);
    }

    public void CollectValues(IValueSink values)
    {
        Tell(WakeUpCommandClass.MinimumInterval, "Shortest wake-up interval", MinimumSeconds);
        Tell(WakeUpCommandClass.MaximumInterval, "Longest wake-up interval", MaximumSeconds);
        Tell(WakeUpCommandClass.DefaultInterval, "Wake-up interval as delivered", DefaultSeconds);
        Tell(WakeUpCommandClass.IntervalStep, "Wake-up interval step", StepSeconds);
        if (WakeUpOnDemand is not { } onDemand) return;
        values.Describe(WakeUpCommandClass.WakeUpOnDemand, new("Can be woken"));
        values.Set(WakeUpCommandClass.WakeUpOnDemand, Value.Of(onDemand));

        void Tell(PropertyId property, string label, uint seconds)
        {
            values.Describe(property, new(label) { Unit = "s" });
            values.Set(property, Value.Of((long)seconds));
        }
    }
}
