using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>AddNodeToNetwork (0x4A): includes a node, step by step, or ends that.</summary>
public static class AddNode
{
    public static readonly FunctionId Id = new(0x4A);

    public static readonly FunctionDefinition Definition = new(Id, "AddNodeToNetwork",
    [
        SerialMessageDefinition.Of<AddNodeRequest>(),
        SerialMessageDefinition.Of<AddNodeCallback>(),
    ]);
}

/// <summary>AddNode request; no RES.</summary>
/// <remarks>
/// byte 0      bits 3..0 mode, 20 Long Range (mode 8 only), 40 network wide, 80 normal power
/// byte 1      callback id; 0 = no callback wanted
/// bytes 2-5   NWI home id, mode 8 only
/// bytes 6-9   authentication home id, mode 8 only
/// Source: Serial API reference, AddNodeToNetwork.
/// </remarks>
/// <param name="WantsCallback">False makes the callback id 0, whatever the session assigns.</param>
/// <param name="HomeIds">Whom to include, with mode 8.</param>
public sealed record AddNodeRequest(
    NodeChangeOptions Options,
    bool WantsCallback = true,
    SmartStartHomeIds? HomeIds = null,
    byte CallbackId = 0) : ISerialMessage<AddNodeRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => AddNode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => WantsCallback ? TransactionShape.Callback : TransactionShape.AckOnly;

    public ICallbackRequest WithCallbackId(byte callbackId) => WantsCallback ? this with { CallbackId = callbackId } : this;

    /// <summary>Waits for a node whose button is pushed.</summary>
    public static AddNodeRequest Start(NodeChangeMode mode = NodeChangeMode.Any) => new(NodeChangeOptions.Usual(mode));

    /// <summary>
    /// Ends the inclusion: with a callback after "protocol done" or to give up while "ready", without one after "done" or "failed".
    /// </summary>
    public static AddNodeRequest Stop(bool wantsCallback) => new(new(NodeChangeMode.Stop), wantsCallback);

    /// <summary>Listens for SmartStart nodes from now on; they come as ApplicationUpdate.</summary>
    public static AddNodeRequest ListenForSmartStart() =>
        new(new(NodeChangeMode.SmartStartListen, NetworkWide: true), WantsCallback: false);

    /// <summary>Includes the SmartStart node that announced itself with these home ids.</summary>
    public static AddNodeRequest IncludeSmartStart(SmartStartHomeIds homeIds, bool longRange = false) =>
        new(new(NodeChangeMode.SmartStartInclude, NetworkWide: true, LongRange: longRange), HomeIds: homeIds);

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out AddNodeRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var first) || !payload.TryReadByte(out var callbackId)) return DecodeError.Truncated;
        var options = NodeChangeOptions.FromByte(first);
        SmartStartHomeIds? homeIds = null;
        if (options.Mode == NodeChangeMode.SmartStartInclude)
        {
            if (!payload.TryReadUInt32(out var nwi) || !payload.TryReadUInt32(out var authentication)) return DecodeError.Truncated;
            homeIds = new(new(nwi), new(authentication));
        }

        message = new(options, WantsCallback: callbackId != 0, homeIds, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(Options.ToByte());
        payload.WriteByte(WantsCallback ? CallbackId : (byte)0);
        if (Options.Mode != NodeChangeMode.SmartStartInclude) return;
        var homeIds = HomeIds ?? default;
        payload.WriteUInt32(homeIds.Nwi.Value);
        payload.WriteUInt32(homeIds.Authentication.Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("mode", (long)Options.Mode);
        fields.Flag("normalPower", Options.NormalPower);
        fields.Flag("networkWide", Options.NetworkWide);
        fields.Number("callbackId", (long)CallbackId);
        fields.Flag("longRange", Options.LongRange);
        if (HomeIds is not { } homeIds) return;
        fields.Text("nwiHomeId", homeIds.Nwi.ToString());
        fields.Text("authHomeId", homeIds.Authentication.ToString());
    }
}

/// <summary>AddNode callback: how far the inclusion got.</summary>
public sealed record AddNodeCallback : NodeChangeCallback<AddNodeCallback>, ISerialMessage<AddNodeCallback>, ICallback
{
    public static FunctionId FunctionId => AddNode.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;
}
