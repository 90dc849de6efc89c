using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Wake Up (0x84, V1-V3): a battery device sleeps and tells when it listens. Mains plugs never use it.</summary>
public static class WakeUpCommandClass
{
    public static readonly CommandClassId Id = new(0x84);

    /// <summary>Seconds between two wake-ups; 0 never. Writeable.</summary>
    public static readonly PropertyId Interval = new(Id, "interval");

    /// <summary>The node that is told of wake-ups.</summary>
    public static readonly PropertyId Destination = new(Id, "destination");

    public static readonly PropertyId MinimumInterval = new(Id, "minimumInterval");
    public static readonly PropertyId MaximumInterval = new(Id, "maximumInterval");
    public static readonly PropertyId DefaultInterval = new(Id, "defaultInterval");

    /// <summary>Intervals are multiples of these seconds above the minimum.</summary>
    public static readonly PropertyId IntervalStep = new(Id, "intervalStep");

    /// <summary>The node can be woken by a beam.</summary>
    public static readonly PropertyId WakeUpOnDemand = new(Id, "wakeUpOnDemand");

    public static readonly CommandClassDefinition Definition = new(Id, "WAKE_UP", ImplementedVersion: 3,
    [
        CommandDefinition.Of<WakeUpIntervalSet>("WAKE_UP_INTERVAL_SET"),
        CommandDefinition.Of<WakeUpIntervalGet>("WAKE_UP_INTERVAL_GET"),
        CommandDefinition.Of<WakeUpIntervalReport>("WAKE_UP_INTERVAL_REPORT"),
        CommandDefinition.Of<WakeUpNotification>("WAKE_UP_NOTIFICATION"),
        CommandDefinition.Of<WakeUpNoMoreInformation>("WAKE_UP_NO_MORE_INFORMATION"),
        CommandDefinition.Of<WakeUpIntervalCapabilitiesGet>("WAKE_UP_INTERVAL_CAPABILITIES_GET"),
        CommandDefinition.Of<WakeUpIntervalCapabilitiesReport>("WAKE_UP_INTERVAL_CAPABILITIES_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Wake-up interval limits", InterviewPhase.Associations, static _ =>
                [InterviewRequest.For<WakeUpIntervalCapabilitiesReport>(new WakeUpIntervalCapabilitiesGet())])
            {
                MinimumVersion = 2,
                RootOnly = true,
            },
            new("Wake-up interval", InterviewPhase.Associations, AskInterval) { RootOnly = true },
        ],
    };

    private static IEnumerable<InterviewRequest> AskInterval(InterviewView view)
    {
        yield return InterviewRequest.For<WakeUpIntervalReport>(new WakeUpIntervalGet());
        // Who is not told of wake-ups can never say anything to the node. The interval itself is the user's.
        if (view.Read(Interval).AsInteger is not { } seconds || view.ControllerNodeId is not { IsClassic: true } controller) yield break;
        if (view.Read(Destination).AsInteger == controller.Value) yield break;
        yield return InterviewRequest.Send(new WakeUpIntervalSet((uint)seconds, controller));
        yield return InterviewRequest.For<WakeUpIntervalReport>(new WakeUpIntervalGet());
    }
}

/// <summary>Wake Up Interval Set (0x84 0x04): how often the node wakes up, and whom it tells.</summary>
/// <remarks>
/// bytes 0..2  seconds between two wake-ups; 0 never by itself
/// byte 3      node that is told; FF everybody (broadcast)
/// Source: application command class specification, Wake Up Interval Set.
/// </remarks>
public sealed record WakeUpIntervalSet(uint Seconds, NodeId Node) : ICommand<WakeUpIntervalSet>
{
    /// <summary>The longest interval three bytes hold.</summary>
    public const uint MaximumSeconds = 0xFFFFFF;

    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x04);

    public static DecodeError TryDecode(ref PayloadReader payload, out WakeUpIntervalSet? command)
    {
        command = null;
        if (!payload.TryReadUInt24(out var seconds) || !payload.TryReadByte(out var node)) return DecodeError.Truncated;
        command = new(seconds, new(node));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt24(Math.Min(Seconds, MaximumSeconds));
        payload.WriteByte((byte)Node.Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("seconds", (long)Seconds);
        fields.Number("nodeId", (long)Node.Value);
    }
}

/// <summary>Wake Up Interval Get (0x84 0x05): ask for the interval. No parameters.</summary>
public sealed record WakeUpIntervalGet : EmptyCommand<WakeUpIntervalGet>, ICommand<WakeUpIntervalGet>
{
    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x05);
}

/// <summary>Wake Up Interval Report (0x84 0x06): how often the node wakes up, and whom it tells.</summary>
/// <remarks>
/// bytes 0..2  seconds between two wake-ups; 0 never by itself
/// byte 3      node that is told; 0 none
/// Source: application command class specification, Wake Up Interval Report.
/// </remarks>
public sealed record WakeUpIntervalReport(uint Seconds, NodeId Node) : ICommand<WakeUpIntervalReport>, IValueReport
{
    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x06);

    public static DecodeError TryDecode(ref PayloadReader payload, out WakeUpIntervalReport? command)
    {
        command = null;
        if (!payload.TryReadUInt24(out var seconds) || !payload.TryReadByte(out var node)) return DecodeError.Truncated;
        command = new(seconds, new(node));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt24(Math.Min(Seconds, WakeUpIntervalSet.MaximumSeconds));
        payload.WriteByte((byte)Node.Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("seconds", (long)Seconds);
        fields.Number("nodeId", (long)Node.Value);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(WakeUpCommandClass.Interval, new("Wake-up interval")
        {
            IsWriteable = true,
            Unit = "s",
            Minimum = 0,
            Maximum = WakeUpIntervalSet.MaximumSeconds,
        });
        values.Set(WakeUpCommandClass.Interval, Value.Of((long)Seconds));
        values.Describe(WakeUpCommandClass.Destination, new("Wake-up notifications go to node"));
        values.Set(WakeUpCommandClass.Destination, Value.Of((long)Node.Value));
    }
}

/// <summary>Wake Up Notification (0x84 0x07): the node is awake and listens for a while. No parameters.</summary>
public sealed record WakeUpNotification : EmptyCommand<WakeUpNotification>, ICommand<WakeUpNotification>
{
    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x07);
}

/// <summary>Wake Up No More Information (0x84 0x08): nothing more to say, the node may sleep. No parameters.</summary>
public sealed record WakeUpNoMoreInformation : EmptyCommand<WakeUpNoMoreInformation>, ICommand<WakeUpNoMoreInformation>
{
    public static CommandId CommandId => new(WakeUpCommandClass.Id, 0x08);
}
