using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SerialApiStarted (0x0A): the module has restarted, because we asked for it or on its own.</summary>
public static class SerialApiStarted
{
    public static readonly FunctionId Id = new(0x0A);

    public static readonly FunctionDefinition Definition = new(Id, "SerialApiStarted",
    [
        SerialMessageDefinition.Of<SerialApiStartedRequest>(),
    ]);
}

/// <summary>Why a module started. Source: Serial API reference, SerialAPIStarted.</summary>
public enum WakeUpReason : byte
{
    /// <summary>Reset pin or other external reset.</summary>
    Reset = 0x00,
    Timer = 0x01,
    WakeUpBeam = 0x02,
    Watchdog = 0x03,
    ExternalInterrupt = 0x04,
    PowerUp = 0x05,
    UsbSuspend = 0x06,
    SoftwareReset = 0x07,
    EmergencyWatchdog = 0x08,
    BrownOut = 0x09,
    Unknown = 0xFF,
}

/// <summary>
/// SerialApiStarted, sent by the module on its own. When it comes unasked the module has forgotten the startup: run it again.
/// </summary>
/// <remarks>
/// byte 0     wake-up reason
/// byte 1     01 = watchdog started
/// byte 2     device options, bit 0 listening
/// byte 3     generic device class
/// byte 4     specific device class
/// byte 5     n
/// byte 6..   n bytes of command classes
/// byte 6+n   supported protocols, bit 0 Long Range, optional
/// Source: Serial API reference, SerialAPIStarted.
/// </remarks>
public sealed record SerialApiStartedRequest(
    WakeUpReason WakeUpReason,
    bool WatchdogStarted,
    DeviceOptions DeviceOptions,
    byte GenericDeviceClass,
    byte SpecificDeviceClass,
    IReadOnlyList<CommandClassId> Supported,
    IReadOnlyList<CommandClassId>? Controlled = null,
    bool? SupportsLongRange = null) : ISerialMessage<SerialApiStartedRequest>
{
    private const byte LongRangeBit = 0x01;

    public static FunctionId FunctionId => SerialApiStarted.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SerialApiStartedRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var reason)
            || !payload.TryReadByte(out var watchdog)
            || !payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var generic)
            || !payload.TryReadByte(out var specific)
            || !LengthByte.TryRead(ref payload, out var classes))
        {
            return DecodeError.Truncated;
        }

        CommandClassList.Read(classes, out var supported, out var controlled);
        message = new(
            (WakeUpReason)reason,
            watchdog != 0,
            (DeviceOptions)options,
            generic,
            specific,
            supported,
            controlled,
            payload.TryReadByte(out var protocols) ? (protocols & LongRangeBit) != 0 : null);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)WakeUpReason);
        payload.WriteByte((byte)(WatchdogStarted ? 1 : 0));
        payload.WriteByte((byte)DeviceOptions);
        payload.WriteByte(GenericDeviceClass);
        payload.WriteByte(SpecificDeviceClass);
        var lengthAt = payload.Length;
        payload.WriteByte(0);
        CommandClassList.Write(ref payload, Supported, Controlled);
        LengthByte.Set(payload, lengthAt);
        if (SupportsLongRange is { } longRange) payload.WriteByte(longRange ? LongRangeBit : (byte)0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("wakeUpReason", (long)WakeUpReason);
        fields.Flag("watchdogStarted", WatchdogStarted);
        fields.Flag("listening", DeviceOptions.HasFlag(DeviceOptions.Listening));
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
        fields.CommandClasses("commandClasses", Supported);
        if (Controlled is { } controlled) fields.CommandClasses("controlledCommandClasses", controlled);
        fields.Flag("supportsLongRange", SupportsLongRange);
    }
}
