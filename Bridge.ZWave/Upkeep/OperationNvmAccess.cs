using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;

namespace Bridge.ZWave.Upkeep;

/// <summary>The functions that open, read, write and close (2E, 3D); they differ in the width of the offset and in what opening tells.</summary>
internal abstract class OperationNvmAccess<TRequest, TResponse>(SerialApiSession session) : NvmAccess
    where TRequest : NvmOperationRequest<TRequest>, IHostRequest, new()
    where TResponse : NvmOperationResponse<TResponse>, ISerialMessage<TResponse>, new()
{
    public override async Task WriteAsync(int offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var response = await session.RequestAsync<TResponse>(NvmOperationRequest<TRequest>.Write((uint)offset, data), cancellationToken);
        // The end of the file is told with the last bytes.
        if (!response.IsAccepted) throw Error($"writing at {offset}: {Words(response.Status)}");
    }

    public override async Task CloseAsync(CancellationToken cancellationToken)
    {
        var response = await session.RequestAsync<TResponse>(NvmOperationRequest<TRequest>.Close(), cancellationToken);
        if (!response.IsAccepted) throw Error($"closing: {Words(response.Status)}");
    }

    protected override async Task<long> OpenMemoryAsync(CancellationToken cancellationToken)
    {
        var response = await session.RequestAsync<TResponse>(NvmOperationRequest<TRequest>.Open(), cancellationToken);
        if (response.Status != NvmOperationStatus.Ok) throw Error($"opening: {Words(response.Status)}");
        return SizeOf(response) ?? throw Error("opening: its size is not told");
    }

    protected override async Task<ReadOnlyMemory<byte>> ReadMemoryAsync(int offset, int length, CancellationToken cancellationToken)
    {
        var response = await session.RequestAsync<TResponse>(NvmOperationRequest<TRequest>.Read((uint)offset, (byte)length), cancellationToken);
        if (!response.IsAccepted) throw Error($"reading at {offset}: {Words(response.Status)}");
        if (response.OffsetOrSize is { } told && told != (uint)offset) throw Error($"asked for the bytes at {offset}, those at {told} came");
        // With the last bytes it is the end of what is there; without any it came too early.
        return response.Status == NvmOperationStatus.EndOfFile && response.Data.IsEmpty ? throw Error($"it ends at {offset}") : response.Data;
    }

    /// <summary>The size of the memory, from the answer to open.</summary>
    private protected abstract long? SizeOf(TResponse opened);

    private static string Words(NvmOperationStatus status) => status switch
    {
        NvmOperationStatus.Error => "an error of the controller",
        NvmOperationStatus.OperationMismatch => "another operation is under way",
        NvmOperationStatus.OperationInterference => "the controller wrote to it meanwhile",
        NvmOperationStatus.SubCommandUnsupported => "the controller cannot do that",
        NvmOperationStatus.EndOfFile => "it ends here",
        _ => $"status {(byte)status:X2}",
    };
}

/// <summary>2-byte offsets (2E), memories up to 64 KB.</summary>
internal sealed class NarrowNvmAccess(SerialApiSession session) : OperationNvmAccess<NvmBackupRestoreRequest, NvmBackupRestoreResponse>(session)
{
    private protected override long? SizeOf(NvmBackupRestoreResponse opened) => opened.SizeBytes;
}

/// <summary>4-byte offsets (3D).</summary>
internal sealed class ExtendedNvmAccess(SerialApiSession session)
    : OperationNvmAccess<NvmExtendedBackupRestoreRequest, NvmExtendedBackupRestoreResponse>(session)
{
    private protected override long? SizeOf(NvmExtendedBackupRestoreResponse opened) => opened.OffsetOrSize;
}
