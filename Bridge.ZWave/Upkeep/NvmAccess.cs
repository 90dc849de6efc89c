using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;

namespace Bridge.ZWave.Upkeep;

/// <summary>
/// The non-volatile memory of the module, by whichever functions it has. Offsets and lengths are bytes. Everything throws <see cref="ZWaveException"/> when
/// the module does not do it. Source: Serial API reference, NVM.
/// </summary>
internal abstract class NvmAccess
{
    /// <summary>What fits a frame of every module. The first answer may carry less: then that is what is asked for from then on.</summary>
    protected const int LongestChunk = 240;

    /// <summary>What modules take that answer longer questions with nothing.</summary>
    protected const int SafeChunk = 48;

    /// <summary>No module has more; a larger number is a fault of the answer.</summary>
    private const int LargestSize = 16 * 1024 * 1024;

    /// <summary>How many bytes are read and written at once.</summary>
    public int Chunk { get; private set; } = LongestChunk;

    /// <summary>The functions of a module: with wide offsets, with narrow ones, or the raw ones of the 500 series; null: none.</summary>
    public static NvmAccess? For(SerialApiSession session, ControllerIdentity identity) =>
        identity.Has(NvmExtendedBackupRestore.Id) ? new ExtendedNvmAccess(session)
        : identity.Has(NvmBackupRestore.Id) ? new NarrowNvmAccess(session)
        : identity.Has(GetNvmId.Id) && identity.Has(NvmReadLongBuffer.Id) ? new RawNvmAccess(session, identity.Has(NvmWriteLongBuffer.Id))
        : null;

    /// <summary>Opens the memory.</summary>
    /// <returns>Its size.</returns>
    public async Task<int> OpenAsync(CancellationToken cancellationToken)
    {
        var size = await OpenMemoryAsync(cancellationToken);
        return size is > 0 and <= LargestSize ? (int)size : throw Error($"the controller tells a memory of {size} bytes");
    }

    /// <summary>Reads at most <see cref="Chunk"/> bytes.</summary>
    /// <returns>At least one byte, at most as many as asked for.</returns>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(int offset, int length, CancellationToken cancellationToken)
    {
        var wanted = Math.Min(length, Chunk);
        if (offset == 0 && wanted > SafeChunk)
        {
            // What a module takes at once only it knows.
            var first = await TryReadAsync(wanted, cancellationToken);
            wanted = Chunk = first.Length > 0 ? first.Length : SafeChunk;
            if (first.Length > 0) return first;
        }

        var data = await ReadMemoryAsync(offset, wanted, cancellationToken);
        return data.Length > 0 && data.Length <= wanted ? data : throw Error($"{wanted} bytes were read at {offset}, {data.Length} came");
    }

    /// <summary>Writes at most <see cref="Chunk"/> bytes.</summary>
    public abstract Task WriteAsync(int offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Closes the memory; also where opening failed half-way.</summary>
    public abstract Task CloseAsync(CancellationToken cancellationToken);

    protected abstract Task<long> OpenMemoryAsync(CancellationToken cancellationToken);

    protected abstract Task<ReadOnlyMemory<byte>> ReadMemoryAsync(int offset, int length, CancellationToken cancellationToken);

    protected static ZWaveException Error(string reason) => new(ZWaveErrorCode.Refused, "the controller's memory: " + reason);

    private async Task<ReadOnlyMemory<byte>> TryReadAsync(int length, CancellationToken cancellationToken)
    {
        try
        {
            var data = await ReadMemoryAsync(0, length, cancellationToken);
            return data.Length <= length ? data : throw Error($"{length} bytes were read at 0, {data.Length} came");
        }
        catch (ZWaveException exception) when (exception.Code is ZWaveErrorCode.Refused or ZWaveErrorCode.MalformedResponse)
        {
            return default;
        }
    }
}

/// <summary>The raw functions of the 500 series (29, 2A, 2B): nothing is opened or closed.</summary>
internal sealed class RawNvmAccess(SerialApiSession session, bool canWrite) : NvmAccess
{
    public override async Task WriteAsync(int offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (!canWrite) throw new ZWaveException(ZWaveErrorCode.NotSupported, "this controller's memory cannot be written");
        await session.RequestAsync<NvmWriteLongBufferResponse>(new NvmWriteLongBufferRequest((uint)offset, data), cancellationToken);
    }

    public override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task<long> OpenMemoryAsync(CancellationToken cancellationToken)
    {
        var memory = await session.RequestAsync<GetNvmIdResponse>(new GetNvmIdRequest(), cancellationToken);
        return memory.SizeBytes ?? throw Error($"its size is not told (code {memory.SizeCode:X2})");
    }

    protected override async Task<ReadOnlyMemory<byte>> ReadMemoryAsync(int offset, int length, CancellationToken cancellationToken) =>
        (await session.RequestAsync<NvmReadLongBufferResponse>(new NvmReadLongBufferRequest((uint)offset, (ushort)length), cancellationToken)).Data;
}
