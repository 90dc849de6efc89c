using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetControllerCapabilities (0x05): the role of the module in its network.</summary>
public static class GetControllerCapabilities
{
    public static readonly FunctionId Id = new(0x05);

    public static readonly FunctionDefinition Definition = new(Id, "GetControllerCapabilities",
    [
        SerialMessageDefinition.Of<GetControllerCapabilitiesRequest>(),
        SerialMessageDefinition.Of<GetControllerCapabilitiesResponse>(),
    ]);
}

/// <summary>The role of a controller. Source: Serial API reference, GetControllerCapabilities.</summary>
[Flags]
public enum ControllerCapabilities : byte
{
    None = 0x00,

    Secondary = 0x01,

    /// <summary>The home id is not the module's own.</summary>
    OnOtherNetwork = 0x02,

    /// <summary>The network has a SIS.</summary>
    SisPresent = 0x04,

    /// <summary>Was the primary controller before there was a SIS.</summary>
    RealPrimary = 0x08,

    Suc = 0x10,

    NoNodesIncluded = 0x20,
}

/// <summary>GetControllerCapabilities request: no payload.</summary>
public sealed record GetControllerCapabilitiesRequest
    : EmptyMessage<GetControllerCapabilitiesRequest>, ISerialMessage<GetControllerCapabilitiesRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetControllerCapabilities.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetControllerCapabilities response.</summary>
/// <remarks>
/// byte 0  01 secondary, 02 on another network, 04 SIS present, 08 was the real primary, 10 SUC, 20 no nodes included
/// Source: Serial API reference, GetControllerCapabilities.
/// </remarks>
public sealed record GetControllerCapabilitiesResponse(ControllerCapabilities Capabilities)
    : ISerialMessage<GetControllerCapabilitiesResponse>
{
    public static FunctionId FunctionId => GetControllerCapabilities.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetControllerCapabilitiesResponse? message)
    {
        message = payload.TryReadByte(out var capabilities) ? new((ControllerCapabilities)capabilities) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte((byte)Capabilities);

    public void Describe(FieldWriter fields)
    {
        fields.Number("capabilities", (long)Capabilities);
        fields.Flag("secondary", Capabilities.HasFlag(ControllerCapabilities.Secondary));
        fields.Flag("onOtherNetwork", Capabilities.HasFlag(ControllerCapabilities.OnOtherNetwork));
        fields.Flag("sisPresent", Capabilities.HasFlag(ControllerCapabilities.SisPresent));
        fields.Flag("realPrimary", Capabilities.HasFlag(ControllerCapabilities.RealPrimary));
        fields.Flag("isSuc", Capabilities.HasFlag(ControllerCapabilities.Suc));
        fields.Flag("noNodesIncluded", Capabilities.HasFlag(ControllerCapabilities.NoNodesIncluded));
    }
}
