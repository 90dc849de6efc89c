using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>RemoveNodeFromNetwork (0x4B): excludes a node, step by step, or ends that.</summary>
public static class RemoveNode
{
    public static readonly FunctionId Id = new(0x4B);

    public static readonly FunctionDefinition Definition = new(Id, "RemoveNodeFromNetwork",
    [
        SerialMessageDefinition.Of<RemoveNodeRequest>(),
        SerialMessageDefinition.Of<RemoveNodeCallback>(),
    ]);
}

/// <summary>RemoveNode request; no RES.</summary>
/// <remarks>
/// byte 0  bits 3..0 mode (1 any, 2 controllers, 3 end nodes, 5 stop), 40 network wide, 80 normal power
/// byte 1  callback id; 0 = no callback wanted
/// Source: Serial API reference, RemoveNodeFromNetwork.
/// </remarks>
/// <param name="WantsCallback">False makes the callback id 0, whatever the session assigns.</param>
public sealed record RemoveNodeRequest(NodeChangeOptions Options, bool WantsCallback = true, byte CallbackId = 0)
    : ISerialMessage<RemoveNodeRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => RemoveNode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => WantsCallback ? TransactionShape.Callback : TransactionShape.AckOnly;

    public ICallbackRequest WithCallbackId(byte callbackId) => WantsCallback ? this with { CallbackId = callbackId } : this;

    /// <summary>Waits for a node whose button is pushed; it may belong to another network.</summary>
    public static RemoveNodeRequest Start(NodeChangeMode mode = NodeChangeMode.Any) => new(NodeChangeOptions.Usual(mode));

    /// <summary>Ends the exclusion: with a callback to give up, without one when it is over.</summary>
    public static RemoveNodeRequest Stop(bool wantsCallback) => new(new(NodeChangeMode.Stop), wantsCallback);

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out RemoveNodeRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var options) || !payload.TryReadByte(out var callbackId)) return DecodeError.Truncated;
        message = new(NodeChangeOptions.FromByte(options), WantsCallback: callbackId != 0, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(Options.ToByte());
        payload.WriteByte(WantsCallback ? CallbackId : (byte)0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("mode", (long)Options.Mode);
        fields.Flag("normalPower", Options.NormalPower);
        fields.Flag("networkWide", Options.NetworkWide);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>RemoveNode callback: how far the exclusion got. Node id 0 with "done": the node belonged to another network.</summary>
public sealed record RemoveNodeCallback : NodeChangeCallback<RemoveNodeCallback>, ISerialMessage<RemoveNodeCallback>, ICallback
{
    public static FunctionId FunctionId => RemoveNode.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
