using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetRfReceiveMode (0x10): switches the receiver of the module on and off.</summary>
public static class SetRfReceiveMode
{
    public static readonly FunctionId Id = new(0x10);

    public static readonly FunctionDefinition Definition = new(Id, "SetRfReceiveMode",
    [
        SerialMessageDefinition.Of<SetRfReceiveModeRequest>(),
        SerialMessageDefinition.Of<SetRfReceiveModeResponse>(),
    ]);
}

/// <summary>SetRfReceiveMode request.</summary>
/// <remarks>
/// byte 0  01 on, 00 off
/// Source: Serial API reference, SetRFReceiveMode.
/// </remarks>
public sealed record SetRfReceiveModeRequest(bool Enable) : ISerialMessage<SetRfReceiveModeRequest>, IHostRequest
{
    public static FunctionId FunctionId => SetRfReceiveMode.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetRfReceiveModeRequest? message)
    {
        message = payload.TryReadByte(out var enable) ? new(enable != 0) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte((byte)(Enable ? 1 : 0));

    public void Describe(FieldWriter fields) => fields.Flag("enable", Enable);
}

/// <summary>SetRfReceiveMode response: whether the module took it.</summary>
public sealed record SetRfReceiveModeResponse
    : StatusResponse<SetRfReceiveModeResponse>, ISerialMessage<SetRfReceiveModeResponse>, IStatusResponse
{
    public static FunctionId FunctionId => SetRfReceiveMode.Id;

    public static MessageKind MessageKind => MessageKind.Response;
}
