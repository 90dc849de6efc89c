using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetLearnMode (0x50): the module joins or leaves a network of another controller.</summary>
public static class SetLearnMode
{
    public static readonly FunctionId Id = new(0x50);

    public static readonly FunctionDefinition Definition = new(Id, "SetLearnMode",
    [
        SerialMessageDefinition.Of<SetLearnModeRequest>(),
        SerialMessageDefinition.Of<SetLearnModeResponse>(),
        SerialMessageDefinition.Of<SetLearnModeCallback>(),
    ]);
}

/// <summary>What SetLearnMode does. Source: Serial API reference, SetLearnMode.</summary>
public enum LearnMode : byte
{
    Stop = 0x00,
    Classic = 0x01,

    /// <summary>Network wide inclusion, the old way.</summary>
    NetworkWideInclusion = 0x02,

    /// <summary>Network wide exclusion, the old way.</summary>
    NetworkWideExclusion = 0x03,
    StopIntent = 0x80,
    Inclusion = 0x81,
    DirectExclusion = 0x82,
    NetworkExclusion = 0x83,
    SmartStart = 0x84,
}

/// <summary>How far it got. Source: Serial API reference, SetLearnMode.</summary>
public enum LearnModeStatus : byte
{
    Started = 0x01,
    ProtocolDone = 0x05,
    Done = 0x06,
    Failed = 0x07,
}

/// <summary>SetLearnMode request.</summary>
/// <remarks>
/// byte 0  00 stop, 01 classic, 02 NWI, 03 NWE; or 80 stop, 81 inclusion, 82 direct exclusion, 83 network exclusion, 84 SmartStart
/// byte 1  callback id; 0 = no callback wanted
/// Source: Serial API reference, SetLearnMode.
/// </remarks>
/// <param name="WantsCallback">False makes the callback id 0, whatever the session assigns.</param>
public sealed record SetLearnModeRequest(LearnMode Mode, bool WantsCallback = true, byte CallbackId = 0)
    : ISerialMessage<SetLearnModeRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => SetLearnMode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => WantsCallback ? TransactionShape.ResponseAndCallback : TransactionShape.Response;

    public ICallbackRequest WithCallbackId(byte callbackId) => WantsCallback ? this with { CallbackId = callbackId } : this;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetLearnModeRequest? message)
    {
        message = null;
        if (!payload.TryReadByte(out var mode) || !payload.TryReadByte(out var callbackId)) return DecodeError.Truncated;
        message = new((LearnMode)mode, WantsCallback: callbackId != 0, callbackId);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte((byte)Mode);
        payload.WriteByte(WantsCallback ? CallbackId : (byte)0);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("mode", (long)Mode);
        fields.Number("callbackId", (long)CallbackId);
    }
}

/// <summary>SetLearnMode response: whether the module took it.</summary>
public sealed record SetLearnModeResponse : StatusResponse<SetLearnModeResponse>, ISerialMessage<SetLearnModeResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SetLearnMode.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}

/// <summary>SetLearnMode callback.</summary>
/// <remarks>
/// byte 0    callback id of the request
/// byte 1    01 started, 05 protocol done, 06 done, 07 failed
/// byte 2    node id the module got (2 bytes in 16-bit mode); EF = none
/// byte 3    n, may be missing
/// byte 4..  n bytes
/// Source: Serial API reference, SetLearnMode.
/// </remarks>
public sealed record SetLearnModeCallback(byte CallbackId, LearnModeStatus Status, NodeId AssignedNodeId, ReadOnlyMemory<byte>? Data = null)
    : ISerialMessage<SetLearnModeCallback>, ICallback
{
    public static FunctionId FunctionId => SetLearnMode.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => Status is not (LearnModeStatus.Started or LearnModeStatus.ProtocolDone);

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetLearnModeCallback? message)
    {
        message = null;
        if (!payload.TryReadByte(out var callbackId)
            || !payload.TryReadByte(out var status)
            || !payload.TryReadNodeId(width, out var node))
        {
            return DecodeError.Truncated;
        }

        ReadOnlyMemory<byte>? data = null;
        if (!payload.IsAtEnd)
        {
            if (!LengthByte.TryRead(ref payload, out var bytes)) return DecodeError.Truncated;
            data = bytes.ToArray();
        }

        message = new(callbackId, (LearnModeStatus)status, node, data);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(CallbackId);
        payload.WriteByte((byte)Status);
        payload.WriteNodeId(width, AssignedNodeId);
        if (Data is { } data) LengthByte.Write(ref payload, data.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("callbackId", (long)CallbackId);
        fields.Number("status", (long)Status);
        fields.Number("assignedNodeId", (long)AssignedNodeId.Value);
        if (Data is { } data) fields.Hex("data", data.Span);
    }
}
