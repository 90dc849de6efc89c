using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>RemoveNodeIdFromNetwork (0x3F): excludes one given node only.</summary>
public static class RemoveSpecificNode
{
    public static readonly FunctionId Id = new(0x3F);

    public static readonly FunctionDefinition Definition = new(Id, "RemoveNodeIdFromNetwork",
    [
        SerialMessageDefinition.Of<RemoveSpecificNodeRequest>(),
        SerialMessageDefinition.Of<RemoveSpecificNodeCallback>(),
    ]);
}

/// <summary>RemoveSpecificNode request; no RES.</summary>
/// <remarks>
/// byte 0  as RemoveNode
/// byte 1  node id (2 bytes in 16-bit mode)
/// byte 2  callback id; 0 = no callback wanted
/// Source: Serial API reference, RemoveNodeFromNetwork.
/// </remarks>
/// <param name="WantsCallback">False makes the callback id 0, whatever the session assigns.</param>
public sealed record RemoveSpecificNodeRequest(NodeChangeOptions Options, NodeId NodeId, bool WantsCallback = true, byte CallbackId = 0)
    : ISerialMessage<RemoveSpecificNodeRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => RemoveSpecificNode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => WantsCallback ? TransactionShape.Callback : TransactionShape.AckOnly;

    public ICallbackRequest WithCallbackId(byte callbackId) => WantsCallback ? this with { CallbackId = callbackId } : this;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out RemoveSpecificNodeRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var options)
            || !payload.TryReadNodeId(width, out var node)
            || !payload.TryReadByte(out var callbackId))
        {
            return DecodeError.Truncated;
        }

        message = new(NodeChangeOptions.FromByte(options), node, WantsCallback: callbackId != 0, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(Options.ToByte());
        payload.WriteNodeId(width, NodeId);
        payload.WriteByte(WantsCallback ? CallbackId : (byte)0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("mode", (long)Options.Mode);
        fields.Flag("normalPower", Options.NormalPower);
        fields.Flag("networkWide", Options.NetworkWide);
        fields.Number("nodeId", (long)NodeId.Value);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>RemoveSpecificNode callback: how far the exclusion got.</summary>
public sealed record RemoveSpecificNodeCallback
    : NodeChangeCallback<RemoveSpecificNodeCallback>, ISerialMessage<RemoveSpecificNodeCallback>, ICallback
{
    public static FunctionId FunctionId => RemoveSpecificNode.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
