namespace StandIns.Terminals;

/// <summary>A read or write that waits for the device. Belongs to the stream whose lock guards it.</summary>
internal sealed class PendingTransfer(Memory<byte> rest)
{
    private readonly TaskCompletionSource<int> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is still to be filled or sent.</summary>
    public Memory<byte> Rest { get; set; } = rest;

    public CancellationTokenRegistration Registration { get; set; }

    public Task<int> Task => _completion.Task;

    public void Complete(int count)
    {
        Registration.Unregister();
        _completion.TrySetResult(count);
    }

    public void Fail(Exception fault)
    {
        Registration.Unregister();
        _completion.TrySetException(fault);
    }

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}
