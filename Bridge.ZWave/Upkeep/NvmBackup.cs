using System.Security.Cryptography;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>
/// Writes the module's whole memory to a file. Nothing is sent or heard meanwhile, for some seconds; the module is reset at the end. Any thread may call;
/// <see cref="Progressed"/> is raised on the network's loop.
/// </summary>
public sealed class NvmBackup
{
    private readonly ZWaveNetwork _network;
    private readonly UpkeepTurn _turn;
    private readonly NvmBackupOptions _options;
    private readonly NvmBackupFolder _folder;
    private readonly NvmSession _session;
    private readonly CancellationToken _ending;

    internal NvmBackup(ZWaveNetwork network, UpkeepTurn turn, NvmBackupOptions options, NvmBackupFolder folder, CancellationToken ending)
    {
        (_network, _turn, _options, _folder, _ending) = (network, turn, options, folder, ending);
        _session = new(network, ending);
    }

    /// <summary>Some more bytes were read. Handlers must not block.</summary>
    public event Action<NvmProgress>? Progressed;

    /// <summary>A backup was made or not; nothing is said of one that was not needed. Handlers must not block.</summary>
    public event Action<NvmBackupReason, NvmBackupResult>? Ended;

    /// <summary>Makes a backup. Never throws for what the module, the disk or a token makes of it: the result tells.</summary>
    public Task<NvmBackupResult> RunAsync(NvmBackupReason reason, CancellationToken cancellationToken = default) =>
        _network.Context.Loop.RunAsync(async () =>
        {
            var result = await BackUpAsync(reason, cancellationToken);
            if (result.Outcome != NvmBackupOutcome.NotNeeded) Ended?.Invoke(reason, result);
            return result;
        });

    private async Task<NvmBackupResult> BackUpAsync(NvmBackupReason reason, CancellationToken cancellationToken)
    {
        var logger = _network.Context.Logger;
        if (reason != NvmBackupReason.Request && ReasonToLeaveOut() is { } unneeded) return new(NvmBackupOutcome.NotNeeded, Reason: unneeded);
        try
        {
            using var turn = _turn.Take("a backup");
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending);
            var homeId = _network.Context.Identity?.HomeId ?? default;
            var content = await _session.RunAsync((memory, size) => ReadAsync(memory, size, cancel.Token), isQuiet: true, cancel.Token);
            var file = await WriteAsync(homeId, content);
            logger.BackupMade(reason, file, content.Length);
            return new(NvmBackupOutcome.Made, file, content.Length);
        }
        catch (OperationCanceledException)
        {
            return new(NvmBackupOutcome.Cancelled, Reason: "it was cancelled", Code: ZWaveErrorCode.Cancelled);
        }
        catch (ZWaveException exception)
        {
            logger.BackupFailed(reason, exception.Message);
            return new(NvmBackupOutcome.Failed, Reason: exception.Message, Code: exception.Code);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.BackupFailed(reason, exception.Message);
            return new(NvmBackupOutcome.Failed, Reason: $"the file could not be written: {exception.Message}", Code: ZWaveErrorCode.InvalidArgument);
        }
    }

    /// <summary>Reads the whole memory.</summary>
    internal async Task<byte[]> ReadAsync(NvmAccess memory, int size, CancellationToken cancellationToken)
    {
        var content = new byte[size];
        for (var offset = 0; offset < size;)
        {
            var chunk = await memory.ReadAsync(offset, size - offset, cancellationToken);
            chunk.CopyTo(content.AsMemory(offset));
            offset += chunk.Length;
            Progressed?.Invoke(new("reading", offset, size));
        }

        return content;
    }

    /// <summary>Writes what was read to a file and clears it.</summary>
    /// <returns>The whole path.</returns>
    internal async Task<string> WriteAsync(HomeId homeId, byte[] content)
    {
        try
        {
            var file = await Task.Run(() => _folder.Write(homeId, content));
            await DeleteOldAsync(homeId);
            return file;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private async Task DeleteOldAsync(HomeId homeId)
    {
        try
        {
            await Task.Run(() => _folder.DeleteOld(homeId));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _network.Context.Logger.BackupNotDeleted(exception.Message);
        }
    }

    private string? ReasonToLeaveOut()
    {
        if (!_options.IsAutomatic) return "automatic backups are switched off";
        if (_network.Context.Identity is not { } identity || _folder.Last(identity.HomeId) is not { } last) return null;
        var age = _network.Context.Time.GetUtcNow() - last;
        // A file of the future was written before the clock was right: it tells nothing.
        return age >= TimeSpan.Zero && age < _options.AutomaticPause ? "the last one is young enough" : null;
    }
}
