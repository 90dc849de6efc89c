using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Powerlevel (0x73, V1): reduce a node's transmit power for a while, and count how many frames another node hears.</summary>
public static class PowerlevelCommandClass
{
    /// <summary>The level of full power; n above it is n dB less.</summary>
    public const byte NormalPower = 0;

    /// <summary>The lowest power a node can be set to: -9 dB.</summary>
    public const byte MinimumPower = 9;

    public static readonly CommandClassId Id = new(0x73);

    /// <summary>0 normal power, n = n dB less.</summary>
    public static readonly PropertyId PowerLevel = new(Id, "powerLevel");

    /// <summary>Seconds until normal power returns by itself.</summary>
    public static readonly PropertyId Timeout = new(Id, "timeout");

    /// <summary>The node tested last; 0 when there was no test.</summary>
    public static readonly PropertyId TestNodeId = new(Id, "testNodeId");

    /// <summary>A <see cref="PowerlevelTestStatus"/>.</summary>
    public static readonly PropertyId TestStatus = new(Id, "testStatus");

    /// <summary>How many test frames the tested node acknowledged.</summary>
    public static readonly PropertyId TestFrameCount = new(Id, "testFrameCount");

    public static readonly CommandClassDefinition Definition = new(Id, "POWERLEVEL", ImplementedVersion: 1,
    [
        CommandDefinition.Of<PowerlevelSet>("POWERLEVEL_SET"),
        CommandDefinition.Of<PowerlevelGet>("POWERLEVEL_GET"),
        CommandDefinition.Of<PowerlevelReport>("POWERLEVEL_REPORT"),
        CommandDefinition.Of<PowerlevelTestNodeSet>("POWERLEVEL_TEST_NODE_SET"),
        CommandDefinition.Of<PowerlevelTestNodeGet>("POWERLEVEL_TEST_NODE_GET"),
        CommandDefinition.Of<PowerlevelTestNodeReport>("POWERLEVEL_TEST_NODE_REPORT"),
    ]);

    internal static readonly ValueMetadata PowerLevelMetadata = new("Transmit power reduction")
    {
        Unit = "dB",
        Minimum = NormalPower,
        Maximum = MinimumPower,
    };

    internal static readonly ValueMetadata TimeoutMetadata = new("Time until normal power") { Unit = "s" };

    internal static readonly ValueMetadata TestNodeIdMetadata = new("Tested node");

    internal static readonly ValueMetadata TestStatusMetadata = new("Test status")
    {
        States = new Dictionary<long, string>
        {
            [(long)PowerlevelTestStatus.Failed] = "Failed",
            [(long)PowerlevelTestStatus.Success] = "Success",
            [(long)PowerlevelTestStatus.InProgress] = "In progress",
        },
    };

    internal static readonly ValueMetadata TestFrameCountMetadata = new("Acknowledged test frames");
}

/// <summary>How a power level test went. Numbers not named here are kept as they come.</summary>
public enum PowerlevelTestStatus : byte
{
    /// <summary>No frame was acknowledged.</summary>
    Failed = 0,

    /// <summary>At least one frame was acknowledged.</summary>
    Success = 1,
    InProgress = 2,
}

/// <summary>Powerlevel Set (0x73 0x01): send with less power for a while.</summary>
/// <remarks>
/// byte 0  level: 00 normal power, n = n dB less (1..9); others reserved
/// byte 1  timeout: 1..255 s, then normal power again; ignored with level 00
/// Source: network protocol command class specification, Powerlevel Set.
/// </remarks>
public sealed record PowerlevelSet(byte PowerLevel, byte TimeoutSeconds) : ICommand<PowerlevelSet>
{
    public static CommandId CommandId => new(PowerlevelCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out PowerlevelSet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var level)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var timeout)) return DecodeError.Truncated;
        command = new(level, timeout);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(PowerLevel);
        payload.WriteByte(TimeoutSeconds);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("powerLevel", (long)PowerLevel);
        fields.Number("timeout", (long)TimeoutSeconds);
    }
}

/// <summary>Powerlevel Get (0x73 0x02). No parameters.</summary>
public sealed record PowerlevelGet : EmptyCommand<PowerlevelGet>, ICommand<PowerlevelGet>
{
    public static CommandId CommandId => new(PowerlevelCommandClass.Id, 0x02);
}

/// <summary>Powerlevel Report (0x73 0x03): the present power and how long it stays.</summary>
/// <remarks>
/// byte 0  level: 00 normal power, n = n dB less (1..9); others reserved
/// byte 1  seconds left; some devices leave it out when the level is 00
/// Source: network protocol command class specification, Powerlevel Report.
/// </remarks>
public sealed record PowerlevelReport(byte PowerLevel, byte? TimeoutSeconds = null) : ICommand<PowerlevelReport>, IValueReport
{
    public static CommandId CommandId => new(PowerlevelCommandClass.Id, 0x03);

    public static DecodeError TryDecode(ref PayloadReader payload, out PowerlevelReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var level)) return DecodeError.Truncated;
        byte? timeout = payload.TryReadByte(out var seconds) ? seconds : null;
        if (timeout is null && level != PowerlevelCommandClass.NormalPower) return DecodeError.Truncated;
        command = new(level, timeout);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(PowerLevel);
        if (TimeoutSeconds is { } timeout) payload.WriteByte(timeout);
        else if (PowerLevel != PowerlevelCommandClass.NormalPower) payload.WriteByte(0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("powerLevel", (long)PowerLevel);
        fields.Number("timeout", (long?)TimeoutSeconds);
    }

    public void CollectValues(IValueSink values)
    {
        values.Describe(PowerlevelCommandClass.PowerLevel, PowerlevelCommandClass.PowerLevelMetadata);
        values.Set(PowerlevelCommandClass.PowerLevel, Value.Of(PowerLevel));
        values.Describe(PowerlevelCommandClass.Timeout, PowerlevelCommandClass.TimeoutMetadata);
        values.Set(PowerlevelCommandClass.Timeout, Value.Of(TimeoutSeconds ?? 0));
    }
}
