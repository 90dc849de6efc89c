namespace Bridge.ZWave.Serial.Functions;

/// <summary>NvmExtendedBackupRestore (0x3D): saves and restores a non-volatile memory of any size.</summary>
public static class NvmExtendedBackupRestore
{
    public static readonly FunctionId Id = new(0x3D);

    public static readonly FunctionDefinition Definition = new(Id, "NvmExtendedBackupRestore",
    [
        SerialMessageDefinition.Of<NvmExtendedBackupRestoreRequest>(),
        SerialMessageDefinition.Of<NvmExtendedBackupRestoreResponse>(),
    ]);
}

/// <summary>NvmExtendedBackupRestore request; 4-byte offsets.</summary>
public sealed record NvmExtendedBackupRestoreRequest
    : NvmOperationRequest<NvmExtendedBackupRestoreRequest>, ISerialMessage<NvmExtendedBackupRestoreRequest>, IHostRequest
{
    public static FunctionId FunctionId => NvmExtendedBackupRestore.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    private protected override int OffsetSize => 4;
}

/// <summary>NvmExtendedBackupRestore response; 4-byte offsets. The data of the answer to open is a mask of the operations.</summary>
public sealed record NvmExtendedBackupRestoreResponse
    : NvmOperationResponse<NvmExtendedBackupRestoreResponse>, ISerialMessage<NvmExtendedBackupRestoreResponse>
{
    public static FunctionId FunctionId => NvmExtendedBackupRestore.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    /// <summary>The operations of the module, from the answer to open: bit n = operation n.</summary>
    public IEnumerable<NvmOperation> SupportedOperations => Wire.BitMask.Read(Data.Span, 0).Select(static bit => (NvmOperation)bit);

    private protected override int OffsetSize => 4;
}
