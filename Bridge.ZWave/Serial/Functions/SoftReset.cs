namespace Bridge.ZWave.Serial.Functions;

/// <summary>SoftReset (0x08): restarts the module. Its radio keeps the network, its RAM forgets what the startup set.</summary>
public static class SoftReset
{
    public static readonly FunctionId Id = new(0x08);

    public static readonly FunctionDefinition Definition = new(Id, "SoftReset",
    [
        SerialMessageDefinition.Of<SoftResetRequest>(),
    ]);
}

/// <summary>SoftReset request: no payload, no RES. Modules of the 700 series and later answer with SerialApiStarted, older ones not at all.</summary>
public sealed record SoftResetRequest : EmptyMessage<SoftResetRequest>, ISerialMessage<SoftResetRequest>, IHostRequest
{
    public static FunctionId FunctionId => SoftReset.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.AckOnly;
}
