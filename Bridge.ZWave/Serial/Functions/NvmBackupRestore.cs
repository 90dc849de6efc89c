namespace Bridge.ZWave.Serial.Functions;

/// <summary>NvmBackupRestore (0x2E): saves and restores the whole non-volatile memory, up to 64 KB.</summary>
public static class NvmBackupRestore
{
    public static readonly FunctionId Id = new(0x2E);

    public static readonly FunctionDefinition Definition = new(Id, "NvmBackupRestore",
    [
        SerialMessageDefinition.Of<NvmBackupRestoreRequest>(),
        SerialMessageDefinition.Of<NvmBackupRestoreResponse>(),
    ]);
}

/// <summary>NvmBackupRestore request; 2-byte offsets.</summary>
public sealed record NvmBackupRestoreRequest
    : NvmOperationRequest<NvmBackupRestoreRequest>, ISerialMessage<NvmBackupRestoreRequest>, IHostRequest
{
    public static FunctionId FunctionId => NvmBackupRestore.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    private protected override int OffsetSize => 2;
}

/// <summary>NvmBackupRestore response; 2-byte offsets.</summary>
public sealed record NvmBackupRestoreResponse
    : NvmOperationResponse<NvmBackupRestoreResponse>, ISerialMessage<NvmBackupRestoreResponse>
{
    private const int LargestSizeBytes = 0x10000;

    public static FunctionId FunctionId => NvmBackupRestore.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    /// <summary>The size of the memory, from the answer to open. 64 KB do not fit the field and come as 0.</summary>
    public int? SizeBytes => OffsetOrSize is { } size ? size == 0 ? LargestSizeBytes : (int)size : null;

    private protected override int OffsetSize => 2;
}
