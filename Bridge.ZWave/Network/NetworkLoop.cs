namespace Bridge.ZWave.Network;

/// <summary>
/// The one line of execution that owns nodes, values and the send queue: nothing of them needs a lock. Work that awaits gives way to other
/// work and comes back to the loop (so <c>ConfigureAwait(false)</c> has no place in this folder).
/// </summary>
public sealed class NetworkLoop
{
    private readonly TaskScheduler _scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    /// <summary>True on the loop.</summary>
    public bool IsCurrent => TaskScheduler.Current == _scheduler;

    /// <summary>Runs work on the loop; at once when already there.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return IsCurrent
            ? work()
            : Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
    }

    /// <summary>Runs work on the loop; at once when already there.</summary>
    public Task RunAsync(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return IsCurrent
            ? work()
            : Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
    }

    /// <summary>Runs a function on the loop; at once when already there.</summary>
    public Task<T> ReadAsync<T>(Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return IsCurrent
            ? Task.FromResult(read())
            : Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
    }

    /// <summary>Runs an action on the loop some time after now, in the order of the calls; never inside the caller.</summary>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
    }
}
