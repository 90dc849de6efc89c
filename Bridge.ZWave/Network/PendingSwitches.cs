using Bridge.ZWave.Values;

namespace Bridge.ZWave.Network;

/// <summary>
/// Switch commands whose outcome is not known yet. As long as a relay has not said that it did what it was told, a report of the other state may be
/// older than the command: it is held back, so that nobody sees the relay jump to and fro. Belongs to the network's loop.
/// </summary>
internal sealed class PendingSwitches(ValueStore values)
{
    private readonly Dictionary<ValueId, PendingSwitch> _newest = [];
    private readonly Dictionary<ValueId, Value> _held = [];
    private readonly Dictionary<ValueId, bool> _lastCommand = [];

    /// <summary>
    /// A command is given; the first relay is the one it addresses, the others move with it. An older command for the other state is overtaken.
    /// </summary>
    public PendingSwitch Begin(IReadOnlyList<ValueId> relays, bool isOn)
    {
        var begun = new PendingSwitch(this, relays, isOn);
        foreach (var relay in relays)
        {
            // The same wish once more takes nothing away from the older one.
            if (_newest.TryGetValue(relay, out var older) && older.IsOn != isOn) older.NoteOvertaken(relay);
            _newest[relay] = begun;
            _held.Remove(relay);
            _lastCommand[relay] = isOn;
        }

        return begun;
    }

    /// <summary>What we commanded last, whatever came of it; null: nothing since the relay moved by itself or by hand.</summary>
    public bool? LastCommand(ValueId relay) => _lastCommand.TryGetValue(relay, out var isOn) ? isOn : null;

    /// <summary>The relay moved against our last command, or long after it.</summary>
    public void ForgetCommand(ValueId relay) => _lastCommand.Remove(relay);

    /// <summary>A state was told. True: it is kept back until the outcome of the command under way is known.</summary>
    public bool Holds(ValueId relay, Value value)
    {
        if (!_newest.TryGetValue(relay, out var pending) || value.AsBoolean is not { } told || pending.HasTold(relay)) return false;
        if (told == pending.IsOn)
        {
            _held.Remove(relay);
            pending.NoteTold(relay);
            return false;
        }

        _held[relay] = value;
        return true;
    }

    // What was held of a command that succeeded was older than it; after one that failed it is all that is known.
    internal void End(PendingSwitch pending)
    {
        foreach (var relay in pending.Relays)
        {
            if (!_newest.TryGetValue(relay, out var newest) || newest != pending) continue;
            _newest.Remove(relay);
            if (_held.Remove(relay, out var held) && !pending.IsDone) values.Set(relay, held);
        }
    }
}

/// <summary>A switch command under way. Dispose it when its outcome is known.</summary>
internal sealed class PendingSwitch(PendingSwitches owner, IReadOnlyList<ValueId> relays, bool isOn) : IDisposable
{
    private readonly TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ValueId> _told = [];

    public IReadOnlyList<ValueId> Relays => relays;

    public bool IsOn => isOn;

    /// <summary>The device confirmed the command.</summary>
    public bool IsDone { get; set; }

    /// <summary>A newer command for the other state of the relay was given: this one must not be repeated, and its outcome means nothing any more.</summary>
    public bool IsOvertaken { get; private set; }

    /// <summary>The same for a relay that moves with this one: to repeat this command would undo the newer one.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>Ends when the relay told the wanted state or the command was overtaken.</summary>
    public Task News => _news.Task;

    /// <summary>True once the addressed relay told the wanted state.</summary>
    public bool IsTold => _told.Contains(relays[0]);

    public bool HasTold(ValueId relay) => _told.Contains(relay);

    public void NoteTold(ValueId relay)
    {
        _told.Add(relay);
        if (relay == relays[0]) _news.TrySetResult();
    }

    public void NoteOvertaken(ValueId relay)
    {
        IsTouched = true;
        if (relay != relays[0]) return;
        IsOvertaken = true;
        _news.TrySetResult();
    }

    public void Dispose() => owner.End(this);
}
