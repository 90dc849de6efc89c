using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetNodeProtocolInfo (0x41): what the module stored about a node when it was included.</summary>
public static class GetNodeProtocolInfo
{
    public static readonly FunctionId Id = new(0x41);

    public static readonly FunctionDefinition Definition = new(Id, "GetNodeProtocolInfo",
    [
        SerialMessageDefinition.Of<GetNodeProtocolInfoRequest>(),
        SerialMessageDefinition.Of<GetNodeProtocolInfoResponse>(),
    ]);
}

/// <summary>GetNodeProtocolInfo request.</summary>
/// <remarks>
/// byte 0  node id (2 bytes in 16-bit mode)
/// Source: Serial API reference, GetNodeProtocolInfo.
/// </remarks>
public sealed record GetNodeProtocolInfoRequest(NodeId NodeId) : NodeRequest(NodeId), ISerialMessage<GetNodeProtocolInfoRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetNodeProtocolInfo.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetNodeProtocolInfoRequest? message)
    {
        message = payload.TryReadNodeId(width, out var node) ? new(node) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }
}

/// <summary>GetNodeProtocolInfo response.</summary>
/// <remarks>
/// byte 0  bit 7 listening, bit 6 routing, bits 5..3 speeds (10 40k, 08 9.6k), bits 2..0 protocol version
///         (1 = 2.0, 2 = 4.2x/5.0x, 3 = 4.5x/6.0x and later)
/// byte 1  bit 7 optional functionality, bit 6 FLiRS 1000 ms, bit 5 FLiRS 250 ms, bit 4 beam capability, bit 3 routing end node,
///         bit 2 specific device class present, bit 1 controller, bit 0 security
/// byte 2  bits 2..0 speed extension: 1 = 100k (Long Range bit 1); others reserved
/// byte 3  basic device class: 1 portable controller, 2 static controller, 3 end node, 4 routing end node
/// byte 4  generic device class, 0 = there is no such node
/// byte 5  specific device class
/// Source: Serial API reference, GetNodeProtocolInfo.
/// </remarks>
public sealed record GetNodeProtocolInfoResponse : ISerialMessage<GetNodeProtocolInfoResponse>
{
    private const int LowBits = 0x07;
    private const int MaxBaudRateShift = 3;

    public static FunctionId FunctionId => GetNodeProtocolInfo.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public bool IsListening { get; init; }

    public bool IsRouting { get; init; }

    /// <summary>Bits 5..3 of the first byte: 2 = 40k, 1 = 9.6k.</summary>
    public byte MaxBaudRateBits { get; init; }

    public byte ProtocolVersion { get; init; }

    public bool OptionalFunctionality { get; init; }

    /// <summary>Listens once a second (FLiRS).</summary>
    public bool Sensor1000ms { get; init; }

    /// <summary>Listens four times a second (FLiRS).</summary>
    public bool Sensor250ms { get; init; }

    public bool BeamCapability { get; init; }

    public bool RoutingEndNode { get; init; }

    public bool SpecificDevice { get; init; }

    public bool IsController { get; init; }

    public bool Security { get; init; }

    public byte SpeedExtension { get; init; }

    public byte BasicDeviceClass { get; init; }

    public byte GenericDeviceClass { get; init; }

    public byte SpecificDeviceClass { get; init; }

    /// <summary>False when the module knows no node of this id.</summary>
    public bool NodeExists => GenericDeviceClass != 0;

    /// <summary>Sleeps, but can be woken by a beam.</summary>
    public bool IsFrequentlyListening => Sensor1000ms || Sensor250ms;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetNodeProtocolInfoResponse? message)
    {
        message = null;
        if (!payload.TryReadBytes(6, out var bytes)) return DecodeError.Truncated;
        message = new()
        {
            IsListening = (bytes[0] & 0x80) != 0,
            IsRouting = (bytes[0] & 0x40) != 0,
            MaxBaudRateBits = (byte)((bytes[0] >> MaxBaudRateShift) & LowBits),
            ProtocolVersion = (byte)(bytes[0] & LowBits),
            OptionalFunctionality = (bytes[1] & 0x80) != 0,
            Sensor1000ms = (bytes[1] & 0x40) != 0,
            Sensor250ms = (bytes[1] & 0x20) != 0,
            BeamCapability = (bytes[1] & 0x10) != 0,
            RoutingEndNode = (bytes[1] & 0x08) != 0,
            SpecificDevice = (bytes[1] & 0x04) != 0,
            IsController = (bytes[1] & 0x02) != 0,
            Security = (bytes[1] & 0x01) != 0,
            SpeedExtension = (byte)(bytes[2] & LowBits),
            BasicDeviceClass = bytes[3],
            GenericDeviceClass = bytes[4],
            SpecificDeviceClass = bytes[5],
        };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)(Bit(IsListening, 0x80) | Bit(IsRouting, 0x40)
            | ((MaxBaudRateBits & LowBits) << MaxBaudRateShift) | (ProtocolVersion & LowBits)));
        payload.WriteByte((byte)(Bit(OptionalFunctionality, 0x80) | Bit(Sensor1000ms, 0x40) | Bit(Sensor250ms, 0x20)
            | Bit(BeamCapability, 0x10) | Bit(RoutingEndNode, 0x08) | Bit(SpecificDevice, 0x04) | Bit(IsController, 0x02)
            | Bit(Security, 0x01)));
        payload.WriteByte((byte)(SpeedExtension & LowBits));
        payload.WriteByte(BasicDeviceClass);
        payload.WriteByte(GenericDeviceClass);
        payload.WriteByte(SpecificDeviceClass);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("listening", IsListening);
        fields.Flag("routing", IsRouting);
        fields.Number("maxBaudRateBits", (long)MaxBaudRateBits);
        fields.Number("protocolVersion", (long)ProtocolVersion);
        fields.Flag("optionalFunctionality", OptionalFunctionality);
        fields.Flag("sensor1000ms", Sensor1000ms);
        fields.Flag("sensor250ms", Sensor250ms);
        fields.Flag("beamCapability", BeamCapability);
        fields.Flag("routingEndNode", RoutingEndNode);
        fields.Flag("specificDevice", SpecificDevice);
        fields.Flag("controllerNode", IsController);
        fields.Flag("security", Security);
        fields.Number("speedExtension", (long)SpeedExtension);
        fields.Number("basicDeviceClass", (long)BasicDeviceClass);
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
    }

    private static int Bit(bool value, int bit) => value ? bit : 0;
}
