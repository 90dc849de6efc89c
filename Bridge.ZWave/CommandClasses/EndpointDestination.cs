using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>A node and one of its endpoints, or several by bit address, as a member of an association group.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="IsBitAddress">True when <paramref name="Endpoint"/> is a mask.</param>
/// <param name="Endpoint">
/// An endpoint 0..127, or a mask of endpoints 1..7 (bit 0 = endpoint 1). 0 is the root device and makes the sender encapsulate.
/// </param>
public readonly record struct EndpointDestination(byte NodeId, bool IsBitAddress, byte Endpoint)
{
    /// <summary>Bit of the endpoint byte that says "mask".</summary>
    private const byte BitAddressBit = 0x80;

    /// <summary>The endpoint byte as it is on the wire.</summary>
    public byte EndpointByte => (byte)((IsBitAddress ? BitAddressBit : 0) | (Endpoint & ~BitAddressBit));

    /// <summary>Both bytes as one number: node id in the high byte, endpoint byte in the low one.</summary>
    public int Number => (NodeId << 8) | EndpointByte;

    /// <summary>From the two bytes of the wire.</summary>
    public static EndpointDestination FromBytes(byte nodeId, byte endpoint) =>
        new(nodeId, (endpoint & BitAddressBit) != 0, (byte)(endpoint & ~BitAddressBit));
}

/// <summary>
/// The destinations of Multi Channel Association: node ids, then the marker 00, then pairs of node id and endpoint byte, to the end of
/// the frame. The marker is there only when pairs follow; a marker without pairs and a single byte behind the last pair are ignored.
/// </summary>
internal static class EndpointDestinationList
{
    private const byte Marker = 0x00;

    public static void Read(ref PayloadReader payload, out byte[] nodeIds, out EndpointDestination[] endpoints)
    {
        var rest = payload.ReadRemaining();
        var marker = rest.IndexOf(Marker);
        if (marker < 0)
        {
            nodeIds = rest.ToArray();
            endpoints = [];
            return;
        }

        nodeIds = rest[..marker].ToArray();
        var pairs = rest[(marker + 1)..];
        endpoints = new EndpointDestination[pairs.Length / 2];
        for (var index = 0; index < endpoints.Length; index++)
        {
            endpoints[index] = EndpointDestination.FromBytes(pairs[index * 2], pairs[(index * 2) + 1]);
        }
    }

    public static void Write(ref PayloadWriter payload, byte[] nodeIds, EndpointDestination[] endpoints)
    {
        payload.WriteBytes(nodeIds);
        if (endpoints.Length == 0) return;
        payload.WriteByte(Marker);
        foreach (var destination in endpoints)
        {
            payload.WriteByte(destination.NodeId);
            payload.WriteByte(destination.EndpointByte);
        }
    }

    public static void Describe(FieldWriter fields, byte[] nodeIds, EndpointDestination[] endpoints)
    {
        fields.Numbers("nodeIds", nodeIds.Select(static node => (int)node));
        fields.BeginList("multiChannelNodeIds");
        foreach (var destination in endpoints)
        {
            fields.BeginElement();
            fields.Number("nodeId", (long)destination.NodeId);
            fields.Flag("bitAddress", destination.IsBitAddress);
            if (destination.IsBitAddress) fields.Numbers("endPoints", BitMask.Read([destination.Endpoint], firstNumber: 1));
            else fields.Number("endPoint", (long)destination.Endpoint);
            fields.EndObject();
        }

        fields.EndList();
    }
}
