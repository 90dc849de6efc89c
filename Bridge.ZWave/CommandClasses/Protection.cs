using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Protection (0x75, V1-V2): who may operate the device, by its buttons and by radio.</summary>
public static class ProtectionCommandClass
{
    public static readonly CommandClassId Id = new(0x75);

    /// <summary>Operation by hand: 0 unprotected, 1 by sequence, 2 not possible. Writeable.</summary>
    public static readonly PropertyId LocalState = new(Id, "localState");

    /// <summary>Operation by radio: 0 unprotected, 1 not controlled, 2 no answers at all. Since V2. Writeable.</summary>
    public static readonly PropertyId RfState = new(Id, "rfState");

    /// <summary>The local states the device knows. Since V2.</summary>
    public static readonly PropertyId SupportedLocalStates = new(Id, "supportedLocalStates");

    /// <summary>The radio states the device knows. Since V2.</summary>
    public static readonly PropertyId SupportedRfStates = new(Id, "supportedRfStates");

    /// <summary>True when the radio protection can be limited in time. Since V2.</summary>
    public static readonly PropertyId TimeoutSupported = new(Id, "timeoutSupported");

    /// <summary>True when one node can keep control in spite of the protection. Since V2.</summary>
    public static readonly PropertyId ExclusiveControlSupported = new(Id, "exclusiveControlSupported");

    /// <summary>The node that keeps control; 0 = none. Since V2. Writeable.</summary>
    public static readonly PropertyId ExclusiveControlNode = new(Id, "exclusiveControlNode");

    /// <summary>Time left as a byte (see <see cref="ProtectionTimeout"/>). Since V2. Writeable.</summary>
    public static readonly PropertyId Timeout = new(Id, "timeout");

    public static readonly CommandClassDefinition Definition = new(Id, "PROTECTION", ImplementedVersion: 2,
    [
        CommandDefinition.Of<ProtectionSet>("PROTECTION_SET"),
        CommandDefinition.Of<ProtectionGet>("PROTECTION_GET"),
        CommandDefinition.Of<ProtectionReport>("PROTECTION_REPORT"),
        CommandDefinition.Of<ProtectionSupportedGet>("PROTECTION_SUPPORTED_GET"),
        CommandDefinition.Of<ProtectionSupportedReport>("PROTECTION_SUPPORTED_REPORT"),
        CommandDefinition.Of<ProtectionExclusiveControlSet>("PROTECTION_EC_SET"),
        CommandDefinition.Of<ProtectionExclusiveControlGet>("PROTECTION_EC_GET"),
        CommandDefinition.Of<ProtectionExclusiveControlReport>("PROTECTION_EC_REPORT"),
        CommandDefinition.Of<ProtectionTimeoutSet>("PROTECTION_TIMEOUT_SET"),
        CommandDefinition.Of<ProtectionTimeoutGet>("PROTECTION_TIMEOUT_GET"),
        CommandDefinition.Of<ProtectionTimeoutReport>("PROTECTION_TIMEOUT_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Supported states", InterviewPhase.Values, static _ =>
                [InterviewRequest.For<ProtectionSupportedReport>(new ProtectionSupportedGet())])
            {
                MinimumVersion = 2,
            },
            new("State", InterviewPhase.Values, static _ => [InterviewRequest.For<ProtectionReport>(new ProtectionGet())])
            {
                IsState = true,
            },
            new("Exclusive control and timeout", InterviewPhase.Values, AskLimits) { MinimumVersion = 2 },
        ],
    };

    internal static readonly ValueMetadata LocalStateMetadata = new("Local protection")
    {
        IsWriteable = true,
        States = new Dictionary<long, string> { [0] = "Unprotected", [1] = "By sequence", [2] = "No operation possible" },
    };

    internal static readonly ValueMetadata RfStateMetadata = new("Radio protection")
    {
        IsWriteable = true,
        States = new Dictionary<long, string> { [0] = "Unprotected", [1] = "No control", [2] = "No response" },
    };

    internal static readonly ValueMetadata SupportedLocalStatesMetadata = new("Supported local protection");
    internal static readonly ValueMetadata SupportedRfStatesMetadata = new("Supported radio protection");
    internal static readonly ValueMetadata TimeoutSupportedMetadata = new("Protection timeout supported");
    internal static readonly ValueMetadata ExclusiveControlSupportedMetadata = new("Exclusive control supported");
    internal static readonly ValueMetadata ExclusiveControlNodeMetadata = new("Exclusive control node") { IsWriteable = true };
    internal static readonly ValueMetadata TimeoutMetadata = new("Protection timeout") { Minimum = 0, Maximum = 255, IsWriteable = true };

    private static IEnumerable<InterviewRequest> AskLimits(InterviewView view)
    {
        if (view.Read(ExclusiveControlSupported).AsBoolean == true)
        {
            yield return InterviewRequest.For<ProtectionExclusiveControlReport>(new ProtectionExclusiveControlGet());
        }

        if (view.Read(TimeoutSupported).AsBoolean == true)
        {
            yield return InterviewRequest.For<ProtectionTimeoutReport>(new ProtectionTimeoutGet());
        }
    }
}

/// <summary>Protection Set (0x75 0x01): who may operate the device.</summary>
/// <remarks>
/// byte 0  bits 3..0  local state: 0 unprotected, 1 by sequence, 2 no operation possible; others reserved  since V1
/// byte 1  bits 3..0  radio state: 0 unprotected, 1 no control, 2 no response; others reserved             since V2
/// With radio state 1 or 2 the device takes no switch command from the radio.
/// Source: application command class specification, Protection Set.
/// </remarks>
public sealed record ProtectionSet(byte LocalState, byte? RfState = null) : ICommand<ProtectionSet>
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out ProtectionSet? command)
    {
        command = ProtectionStates.TryRead(ref payload, out var states) ? new(states.Local, states.Rf) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        new ProtectionStates(LocalState, RfState).Write(ref payload, context.Version);

    public void Describe(FieldWriter fields) => new ProtectionStates(LocalState, RfState).Describe(fields);
}

/// <summary>Protection Get (0x75 0x02): ask for the states. No parameters.</summary>
public sealed record ProtectionGet : EmptyCommand<ProtectionGet>, ICommand<ProtectionGet>
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x02);
}

/// <summary>Protection Report (0x75 0x03): the states, laid out as in <see cref="ProtectionSet"/>.</summary>
public sealed record ProtectionReport(byte LocalState, byte? RfState = null) : ICommand<ProtectionReport>, IValueReport
{
    public static CommandId CommandId => new(ProtectionCommandClass.Id, 0x03);

    /// <summary>True when the device takes no commands from the radio: a Set without effect is no failure then.</summary>
    public bool BlocksRadio => RfState is 1 or 2;

    public static DecodeError TryDecode(ref PayloadReader payload, out ProtectionReport? command)
    {
        command = ProtectionStates.TryRead(ref payload, out var states) ? new(states.Local, states.Rf) : null;
        return command is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        new ProtectionStates(LocalState, RfState).Write(ref payload, context.Version);

    public void Describe(FieldWriter fields) => new ProtectionStates(LocalState, RfState).Describe(fields);

    public void CollectValues(IValueSink values)
    {
        values.Describe(ProtectionCommandClass.LocalState, ProtectionCommandClass.LocalStateMetadata);
        values.Set(ProtectionCommandClass.LocalState, Value.Of((long)LocalState));
        if (RfState is not { } rfState) return;
        values.Describe(ProtectionCommandClass.RfState, ProtectionCommandClass.RfStateMetadata);
        values.Set(ProtectionCommandClass.RfState, Value.Of((long)rfState));
    }
}

/// <summary>The two state bytes of Protection Set and Report; bits 7..4 of each are reserved.</summary>
internal readonly record struct ProtectionStates(byte Local, byte? Rf)
{
    private const byte StateMask = 0x0F;

    public static bool TryRead(ref PayloadReader payload, out ProtectionStates states)
    {
        states = default;
        if (!payload.TryReadByte(out var local)) return false;
        states = new((byte)(local & StateMask), payload.TryReadByte(out var rf) ? (byte)(rf & StateMask) : null);
        return true;
    }

    public void Write(ref PayloadWriter payload, byte version)
    {
        payload.WriteByte((byte)(Local & StateMask));
        if (version >= 2 && Rf is { } rf) payload.WriteByte((byte)(rf & StateMask));
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("localProtectionState", (long)Local);
        fields.Number("rfProtectionState", (long?)Rf);
    }
}
