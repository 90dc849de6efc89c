using System.Security.Cryptography;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>How a restore ended.</summary>
/// <param name="File">What was restored, the whole path.</param>
/// <param name="SizeBytes">How much.</param>
/// <param name="Before">The backup of what was in the memory before, the whole path.</param>
public sealed record NvmRestoreResult(string File, int SizeBytes, string Before);

/// <summary>
/// Writes a backup into the module's memory, byte by byte, so only into a module with the same memory layout. What is in it is backed up before, and what
/// was written is read back. Any thread may call; <see cref="Progressed"/> is raised on the network's loop.
/// </summary>
public sealed class NvmRestore
{
    private readonly ZWaveNetwork _network;
    private readonly UpkeepTurn _turn;
    private readonly NvmBackup _backup;
    private readonly NvmBackupFolder _folder;
    private readonly NvmSession _session;

    internal NvmRestore(ZWaveNetwork network, UpkeepTurn turn, NvmBackup backup, NvmBackupFolder folder, CancellationToken ending)
    {
        (_network, _turn, _backup, _folder) = (network, turn, backup, folder);
        _session = new(network, ending);
    }

    /// <summary>Some more bytes were written or read back. Handlers must not block.</summary>
    public event Action<NvmProgress>? Progressed;

    /// <summary>Restores a backup. Cannot be cancelled: half of two memories is none.</summary>
    /// <param name="name">The name of a file in the folder of backups.</param>
    /// <param name="isForced">True: also one of another network (the module becomes that network's controller).</param>
    /// <exception cref="ZWaveException">No such backup, another network, another size, or the module did not take it; the text tells which.</exception>
    public Task<NvmRestoreResult> RunAsync(string name, bool isForced) => _network.Context.Loop.RunAsync(() => RestoreAsync(name, isForced));

    private async Task<NvmRestoreResult> RestoreAsync(string name, bool isForced)
    {
        var file = _folder.Find(name) ?? throw Refusal($"\"{name}\" is no name of a backup; names are nvm-<home id>-<time>.bin");
        using var turn = _turn.Take("a restore");
        var homeId = _network.Context.Identity?.HomeId ?? default;
        if (!isForced && NvmBackupFolder.HomeIdOf(name) != homeId)
        {
            throw Refusal($"\"{name}\" belongs to another network than {homeId}; it is restored only when that is wanted expressly");
        }

        var content = await ReadFileAsync(file);
        try
        {
            // Everything may be different afterwards, the network too: whoever listens is told that the controller starts anew.
            var before = await _session.RunAsync((memory, size) => ReplaceAsync(memory, size, homeId, content), isQuiet: false, CancellationToken.None);
            _network.Context.Logger.Restored(file, content.Length, before);
            return new(file, content.Length, before);
        }
        catch (ZWaveException exception)
        {
            _network.Context.Logger.RestoreFailed(file, exception.Message);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static async Task<byte[]> ReadFileAsync(string file)
    {
        try
        {
            return await File.ReadAllBytesAsync(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ZWaveException(ZWaveErrorCode.InvalidArgument, $"the backup cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<string> ReplaceAsync(NvmAccess memory, int size, HomeId homeId, byte[] content)
    {
        if (content.Length != size) throw Refusal($"the backup has {content.Length} bytes, this controller's memory {size}: it is of another kind");
        string before;
        try
        {
            before = await _backup.WriteAsync(homeId, await _backup.ReadAsync(memory, size, CancellationToken.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ZWaveException(ZWaveErrorCode.InvalidArgument, $"what is in the memory could not be saved before: {exception.Message}", exception);
        }

        for (var offset = 0; offset < size; offset += memory.Chunk)
        {
            var length = Math.Min(memory.Chunk, size - offset);
            await memory.WriteAsync(offset, content.AsMemory(offset, length), CancellationToken.None);
            Progressed?.Invoke(new("writing", offset + length, size));
        }

        await CheckAsync(memory, size, content);
        return before;
    }

    private async Task CheckAsync(NvmAccess memory, int size, byte[] content)
    {
        for (var offset = 0; offset < size;)
        {
            var read = await memory.ReadAsync(offset, size - offset, CancellationToken.None);
            if (!read.Span.SequenceEqual(content.AsSpan(offset, read.Length)))
            {
                throw new ZWaveException(ZWaveErrorCode.NotConfirmed, $"what was written between {offset} and {offset + read.Length} reads back different");
            }

            offset += read.Length;
            Progressed?.Invoke(new("checking", offset, size));
        }
    }

    private static ZWaveException Refusal(string reason) => new(ZWaveErrorCode.InvalidArgument, reason);
}
