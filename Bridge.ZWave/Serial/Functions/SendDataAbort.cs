namespace Bridge.ZWave.Serial.Functions;

/// <summary>SendDataAbort (0x16): ends the transmission of the SendData family that is under way; it then calls back with a failure.</summary>
public static class SendDataAbort
{
    public static readonly FunctionId Id = new(0x16);

    public static readonly FunctionDefinition Definition = new(Id, "SendDataAbort", [SerialMessageDefinition.Of<SendDataAbortRequest>()]);
}

/// <summary>SendDataAbort request: no payload, no RES.</summary>
public sealed record SendDataAbortRequest : EmptyMessage<SendDataAbortRequest>, ISerialMessage<SendDataAbortRequest>, IHostRequest
{
    public static FunctionId FunctionId => SendDataAbort.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.AckOnly;
}
