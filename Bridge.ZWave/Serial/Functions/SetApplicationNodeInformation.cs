using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetApplicationNodeInformation (0x03): what the module tells about us in its node information frame.</summary>
public static class SetApplicationNodeInformation
{
    public static readonly FunctionId Id = new(0x03);

    public static readonly FunctionDefinition Definition = new(Id, "SetApplicationNodeInformation",
    [
        SerialMessageDefinition.Of<SetApplicationNodeInformationRequest>(),
    ]);
}

/// <summary>The first byte of what a node tells about itself. Source: Serial API reference, SetApplicationNodeInformation.</summary>
[Flags]
public enum DeviceOptions : byte
{
    None = 0x00,

    /// <summary>Always listening.</summary>
    Listening = 0x01,

    /// <summary>Supports classes beyond what its device class requires.</summary>
    OptionalFunctionality = 0x02,
}

/// <summary>SetApplicationNodeInformation request; no RES. Forgotten at every reset of a 700 series module and later.</summary>
/// <remarks>
/// byte 0   device options: 01 listening, 02 optional functionality
/// byte 1   generic device class
/// byte 2   specific device class
/// byte 3   n, 0..35
/// byte 4.. n bytes of command classes
/// A static controller sends 01 02 07. Source: Serial API reference, SetApplicationNodeInformation.
/// </remarks>
public sealed record SetApplicationNodeInformationRequest(
    DeviceOptions DeviceOptions,
    byte GenericDeviceClass,
    byte SpecificDeviceClass,
    IReadOnlyList<CommandClassId> Supported,
    IReadOnlyList<CommandClassId>? Controlled = null) : ISerialMessage<SetApplicationNodeInformationRequest>, IHostRequest
{
    public static FunctionId FunctionId => SetApplicationNodeInformation.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.AckOnly;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetApplicationNodeInformationRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var options)
            || !payload.TryReadByte(out var generic)
            || !payload.TryReadByte(out var specific)
            || !LengthByte.TryRead(ref payload, out var classes))
        {
            return DecodeError.Truncated;
        }

        CommandClassList.Read(classes, out var supported, out var controlled);
        message = new((DeviceOptions)options, generic, specific, supported, controlled);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)DeviceOptions);
        payload.WriteByte(GenericDeviceClass);
        payload.WriteByte(SpecificDeviceClass);
        var lengthAt = payload.Length;
        payload.WriteByte(0);
        CommandClassList.Write(ref payload, Supported, Controlled);
        LengthByte.Set(payload, lengthAt);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("deviceOptions", (long)DeviceOptions);
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
        fields.CommandClasses("commandClasses", Supported);
        if (Controlled is { } controlled) fields.CommandClasses("controlledCommandClasses", controlled);
    }
}
