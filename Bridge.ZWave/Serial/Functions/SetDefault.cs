using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetDefault (0x42): erases the network; the module becomes node 1 of a new one. Takes up to 30 s.</summary>
public static class SetDefault
{
    public static readonly FunctionId Id = new(0x42);

    public static readonly FunctionDefinition Definition = new(Id, "SetDefault",
    [
        SerialMessageDefinition.Of<SetDefaultRequest>(),
        SerialMessageDefinition.Of<SetDefaultCallback>(),
    ]);
}

/// <summary>SetDefault request; no RES.</summary>
/// <remarks>
/// byte 0  callback id
/// Source: Serial API reference, SetDefault.
/// </remarks>
public sealed record SetDefaultRequest(byte CallbackId = 0) : ISerialMessage<SetDefaultRequest>, ICallbackRequest
{
    public static FunctionId FunctionId => SetDefault.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Callback;

    public ICallbackRequest WithCallbackId(byte callbackId) => this with { CallbackId = callbackId };

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetDefaultRequest? message)
    {
        message = payload.TryReadByte(out var callbackId) ? new(callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(CallbackId);

    public void Describe(FieldWriter fields) => fields.Number("callbackId", (long)CallbackId);
}

/// <summary>SetDefault callback: done.</summary>
/// <remarks>
/// byte 0  callback id of the request
/// Source: Serial API reference, SetDefault.
/// </remarks>
public sealed record SetDefaultCallback(byte CallbackId) : ISerialMessage<SetDefaultCallback>, ICallback
{
    public static FunctionId FunctionId => SetDefault.Id;

    public static MessageKind MessageKind => MessageKind.ModuleRequest;

    public bool IsFinal => true;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetDefaultCallback? message)
    {
        message = payload.TryReadByte(out var callbackId) ? new(callbackId) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(CallbackId);

    public void Describe(FieldWriter fields) => fields.Number("callbackId", (long)CallbackId);
}
