using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;

namespace Bridge.ZWave.Firmware;

/// <summary>What a node said of an update and nobody has looked at yet, in the order of arrival. Belongs to the network's loop.</summary>
internal sealed class FirmwareInbox(NetworkContext context)
{
    // A node asks once and waits; more than this is noise, of which the newest counts.
    private const int Capacity = 16;

    private readonly Queue<ICommand> _waiting = new();
    private TaskCompletionSource _signal = NewSignal();

    public bool HasMail => _waiting.Count > 0;

    /// <summary>A command of the node came in.</summary>
    public void Offer(ICommand command)
    {
        if (command is not (FirmwareUpdateRequestReport or FirmwareFragmentGet or FirmwareUpdateStatusReport or FirmwareActivationStatusReport)) return;
        if (_waiting.Count == Capacity) _waiting.Dequeue();
        _waiting.Enqueue(command);
        _signal.TrySetResult();
    }

    /// <summary>Whoever waits gets nothing, at once.</summary>
    public void Interrupt() => _signal.TrySetResult();

    /// <summary>The next command that is wanted; others are thrown away. Null: none came in time, or the waiting was interrupted.</summary>
    public async Task<ICommand?> NextAsync(Func<ICommand, bool> wants, TimeSpan limit, CancellationToken cancellationToken)
    {
        var end = context.TimestampAfter(limit);
        while (true)
        {
            while (_waiting.TryDequeue(out var command))
            {
                if (wants(command)) return command;
            }

            _signal = NewSignal();
            var left = context.Time.GetElapsedTime(context.Time.GetTimestamp(), end);
            if (left <= TimeSpan.Zero || !await context.IsFirstAsync(_signal.Task, left, cancellationToken) || !HasMail) return null;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
