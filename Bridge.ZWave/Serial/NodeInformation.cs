using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>What a node says about itself in a node information frame: device classes and command classes.</summary>
/// <remarks>
/// byte 0    n, the bytes that follow; 0 = nothing known
/// byte 1    basic device class
/// byte 2    generic device class
/// byte 3    specific device class
/// byte 4..  command classes: supported ones, the mark EF, controlled ones; F1..FF start a two-byte class
/// Source: Serial API reference, command class list in node information, and ApplicationUpdate.
/// </remarks>
/// <param name="Controlled">Null when the list has no mark.</param>
public sealed record NodeInformation(
    byte BasicDeviceClass,
    byte GenericDeviceClass,
    byte SpecificDeviceClass,
    IReadOnlyList<CommandClassId> Supported,
    IReadOnlyList<CommandClassId>? Controlled = null)
{
    private const int DeviceClasses = 3;

    /// <summary>Reads length and information. Null when the length leaves no room for the device classes: then nothing is known.</summary>
    internal static DecodeError TryRead(ref PayloadReader payload, out NodeInformation? information)
    {
        information = null;
        if (!payload.TryReadByte(out var length) || !payload.TryReadBytes(length, out var bytes)) return DecodeError.Truncated;
        if (length < DeviceClasses) return DecodeError.None;
        CommandClassList.Read(bytes[DeviceClasses..], out var supported, out var controlled);
        information = new(bytes[0], bytes[1], bytes[2], supported, controlled);
        return DecodeError.None;
    }

    /// <summary>Writes length and information; length 0 for null.</summary>
    internal static void Write(ref PayloadWriter payload, NodeInformation? information)
    {
        var lengthAt = payload.Length;
        payload.WriteByte(0);
        if (information is null) return;
        payload.WriteByte(information.BasicDeviceClass);
        payload.WriteByte(information.GenericDeviceClass);
        payload.WriteByte(information.SpecificDeviceClass);
        CommandClassList.Write(ref payload, information.Supported, information.Controlled);
        LengthByte.Set(payload, lengthAt);
    }

    internal void Describe(FieldWriter fields)
    {
        fields.Number("basicDeviceClass", (long)BasicDeviceClass);
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
        fields.CommandClasses("commandClasses", Supported);
        if (Controlled is { } controlled) fields.CommandClasses("controlledCommandClasses", controlled);
    }
}
