namespace Bridge.ZWave.Upkeep;

/// <summary>Heal, backup and restore want the module for themselves: one of them at a time. Belongs to the network's loop.</summary>
internal sealed class UpkeepTurn
{
    private TaskCompletionSource? _ended;
    private string _holder = string.Empty;

    /// <summary>Ends with whatever is under way.</summary>
    public Task Ended => _ended?.Task ?? Task.CompletedTask;

    /// <summary>Takes the turn until what is returned is disposed.</summary>
    /// <param name="holder">What it is for, in words: "a heal".</param>
    /// <exception cref="ZWaveException">Something else is under way.</exception>
    public IDisposable Take(string holder)
    {
        if (_ended is not null) throw new ZWaveException(ZWaveErrorCode.NotReady, $"{_holder} is under way; try again when it is over");
        _holder = holder;
        _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Turn(this);
    }

    private sealed class Turn(UpkeepTurn owner) : IDisposable
    {
        public void Dispose()
        {
            owner._ended?.TrySetResult();
            owner._ended = null;
        }
    }
}
