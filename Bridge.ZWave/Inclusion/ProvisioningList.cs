using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>Which nodes may join by themselves. Belongs to the network's loop; written beside it.</summary>
internal sealed class ProvisioningList(IProvisioningStore store, NetworkContext context)
{
    private readonly List<ProvisioningEntry> _entries = [.. store.Load()];
    private Task _saving = Task.CompletedTask;

    /// <summary>An entry came, went or changed.</summary>
    public event Action? Changed;

    public IReadOnlyList<ProvisioningEntry> Entries => [.. _entries];

    public bool HasPending => _entries.Exists(static entry => entry.State == ProvisioningState.Pending);

    public ProvisioningEntry? Find(Dsk dsk) => _entries.Find(entry => entry.Dsk.Equals(dsk));

    /// <summary>The entry of a node that asks to be included.</summary>
    public ProvisioningEntry? FindPrime(HomeId nwi) => _entries.Find(entry => entry.Dsk.HomeIds.Nwi == nwi);

    /// <summary>Puts an entry in, in place of one of the same DSK.</summary>
    public void Set(ProvisioningEntry entry)
    {
        _entries.RemoveAll(other => other.Dsk.Equals(entry.Dsk));
        _entries.Add(entry);
        Save();
    }

    public bool Remove(Dsk dsk)
    {
        if (_entries.RemoveAll(entry => entry.Dsk.Equals(dsk)) == 0) return false;
        Save();
        return true;
    }

    /// <summary>Ends when everything is written.</summary>
    public Task FlushAsync() => _saving;

    private void Save()
    {
        _saving = SaveAfterAsync(_saving, Entries);
        Changed?.Invoke();
    }

    private async Task SaveAfterAsync(Task earlier, IReadOnlyList<ProvisioningEntry> entries)
    {
        await earlier;
        try
        {
            await Task.Run(() => store.Save(entries));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.Logger.ProvisioningNotWritten(exception.Message);
        }
    }
}
