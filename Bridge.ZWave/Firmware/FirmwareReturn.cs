using Bridge.ZWave.Network;

namespace Bridge.ZWave.Firmware;

/// <summary>
/// What comes after a firmware was stored: the node restarts, is looked for, and interviewed again, because another firmware is another device.
/// </summary>
internal sealed class FirmwareReturn(ZWaveNetwork network, Node node, FirmwareTimeouts timeouts)
{
    private readonly NetworkContext _context = network.Context;

    /// <summary>Waits until the node is back from its restart.</summary>
    /// <param name="told">How long it will take, by the node's own word; null: it did not say.</param>
    /// <exception cref="ZWaveException">It does not come back.</exception>
    public async Task WaitAsync(TimeSpan? told, CancellationToken cancellationToken)
    {
        var pause = told is { } time && time < timeouts.LongestRestart ? time : told is null ? timeouts.Restart : timeouts.LongestRestart;
        if (pause > TimeSpan.Zero) await _context.DelayAsync(pause, cancellationToken);
        var end = _context.TimestampAfter(timeouts.Return);
        while (!await PingAsync())
        {
            if (_context.Time.GetTimestamp() >= end)
            {
                throw new ZWaveException(
                    ZWaveErrorCode.NodeTimeout, "the firmware was stored, but the node did not come back after its restart")
                { Node = node.Id };
            }

            await _context.DelayAsync(timeouts.PingPause, cancellationToken);
        }
    }

    /// <summary>Gets to know the node anew. Should it fall silent meanwhile, the network goes on with it by itself.</summary>
    public async Task InterviewAsync(CancellationToken cancellationToken)
    {
        var end = _context.TimestampAfter(timeouts.Return);
        while (_context.Time.GetTimestamp() < end)
        {
            try
            {
                await network.Care.InterviewAgainAsync(node);
                return;
            }
            catch (ZWaveException exception) when (exception.Code == ZWaveErrorCode.NotReady)
            {
                // It is being read again because it came back; that ends soon.
                await _context.DelayAsync(timeouts.PingPause, cancellationToken);
            }
        }
    }

    private async Task<bool> PingAsync()
    {
        var ping = new SendItem { Node = node.Id, Command = new CommandClasses.NoOperation(), Priority = SendPriority.Confirmation, MaximumAttempts = 1 };
        return await network.Sender.Send(ping) == SendOutcome.Acknowledged;
    }
}
