using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Switch All (0x27, V1, obsolete): whether a device follows "all on" and "all off", and these two commands.</summary>
public static class SwitchAllCommandClass
{
    /// <summary>Follows neither.</summary>
    public const byte Excluded = 0x00;

    /// <summary>Follows "all off" only.</summary>
    public const byte OnlyAllOff = 0x01;

    /// <summary>Follows "all on" only.</summary>
    public const byte OnlyAllOn = 0x02;

    /// <summary>Follows both.</summary>
    public const byte Included = 0xFF;

    public static readonly CommandClassId Id = new(0x27);

    /// <summary>Which of the two commands the device follows. Writeable.</summary>
    public static readonly PropertyId Mode = new(Id, "mode");

    public static readonly CommandClassDefinition Definition = new(Id, "SWITCH_ALL", ImplementedVersion: 1,
    [
        CommandDefinition.Of<SwitchAllSet>("SWITCH_ALL_SET"),
        CommandDefinition.Of<SwitchAllGet>("SWITCH_ALL_GET"),
        CommandDefinition.Of<SwitchAllReport>("SWITCH_ALL_REPORT"),
        CommandDefinition.Of<SwitchAllOn>("SWITCH_ALL_ON"),
        CommandDefinition.Of<SwitchAllOff>("SWITCH_ALL_OFF"),
    ])
    {
        InterviewSteps =
        [
            new("Mode", InterviewPhase.Values, static _ => [InterviewRequest.For<SwitchAllReport>(new SwitchAllGet())]),
        ],
    };

    internal static readonly ValueMetadata ModeMetadata = new("Switch all mode")
    {
        IsWriteable = true,
        States = new Dictionary<long, string>
        {
            [Excluded] = "Excluded",
            [OnlyAllOff] = "All off only",
            [OnlyAllOn] = "All on only",
            [Included] = "All on and all off",
        },
    };
}

/// <summary>Switch All Set (0x27 0x01): which of "all on" and "all off" the device shall follow.</summary>
/// <remarks>
/// byte 0  mode: 00 neither, 01 "all off" only, 02 "all on" only, FF both; others reserved.
/// Source: application command class specification, All Switch Set.
/// </remarks>
public sealed record SwitchAllSet(byte Mode) : ICommand<SwitchAllSet>
{
    public static CommandId CommandId => new(SwitchAllCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out SwitchAllSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var mode)) return DecodeError.Truncated;
        command = new(mode);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Mode);

    public void Describe(FieldWriter fields) => fields.Number("mode", (long)Mode);
}

/// <summary>Switch All Get (0x27 0x02): ask for the mode. No parameters.</summary>
public sealed record SwitchAllGet : EmptyCommand<SwitchAllGet>, ICommand<SwitchAllGet>
{
    public static CommandId CommandId => new(SwitchAllCommandClass.Id, 0x02);
}

/// <summary>Switch All Report (0x27 0x03): the mode, as in <see cref="SwitchAllSet"/>.</summary>
public sealed record SwitchAllReport(byte Mode) : ICommand<SwitchAllReport>, IValueReport
{
    public static CommandId CommandId => new(SwitchAllCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out SwitchAllReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var mode)) return DecodeError.Truncated;
        command = new(mode);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Mode);

    public void Describe(FieldWriter fields) => fields.Number("mode", (long)Mode);

    public void CollectValues(IValueSink values)
    {
        values.Describe(SwitchAllCommandClass.Mode, SwitchAllCommandClass.ModeMetadata);
        values.Set(SwitchAllCommandClass.Mode, Value.Of((long)Mode));
    }
}

/// <summary>Switch All On (0x27 0x04): every device that follows it switches on; often broadcast. No parameters.</summary>
public sealed record SwitchAllOn : EmptyCommand<SwitchAllOn>, ICommand<SwitchAllOn>
{
    public static CommandId CommandId => new(SwitchAllCommandClass.Id, 0x04);
}

/// <summary>Switch All Off (0x27 0x05): every device that follows it switches off; often broadcast. No parameters.</summary>
public sealed record SwitchAllOff : EmptyCommand<SwitchAllOff>, ICommand<SwitchAllOff>
{
    public static CommandId CommandId => new(SwitchAllCommandClass.Id, 0x05);
}
