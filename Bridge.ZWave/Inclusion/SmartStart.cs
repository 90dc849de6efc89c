using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>Listens for nodes of the provisioning list while there are any that are waited for. Belongs to the network's loop.</summary>
/// <remarks>Source: Serial API reference, AddNodeToNetwork modes 8 and 9, ApplicationUpdate 85 and 87.</remarks>
internal sealed class SmartStart(NetworkContext context, ProvisioningList list)
{
    private bool _isListening;

    /// <summary>A node of the list asks to be included; the flag: over Long Range.</summary>
    public event Action<ProvisioningEntry, bool>? Asked;

    /// <summary>The module forgot everything.</summary>
    public void OnReady() => _isListening = false;

    /// <summary>Something was heard.</summary>
    public void OnHeard(ApplicationUpdateRequest update)
    {
        if (update.NwiHomeId is not { } nwi || list.FindPrime(nwi) is not { } entry || entry.State == ProvisioningState.Failed) return;
        Asked?.Invoke(entry, update.Status == ApplicationUpdateStatus.SmartStartLongRangePrime);
    }

    /// <summary>Brings the module into the state that belongs to the list; to be called while nothing else is under way.</summary>
    public async Task AdjustAsync(bool isWanted)
    {
        var listens = isWanted && list.HasPending;
        if (_isListening == listens || context.Status != ControllerStatus.Ready) return;
        _isListening = listens;
        try
        {
            await context.Session.SendAsync(listens ? AddNodeRequest.ListenForSmartStart() : AddNodeRequest.Stop(wantsCallback: false));
        }
        catch (ZWaveException exception)
        {
            context.Logger.ModuleNotTold("listen for SmartStart", exception.Message);
        }
    }
}

/// <summary>Decides by an entry of the provisioning list: nobody is asked.</summary>
internal sealed class ProvisionedUser(ProvisioningEntry entry) : IKeyExchangeUser
{
    public Task<SecurityClasses?> GrantAsync(NodeId node, SecurityClasses requested, TimeSpan limit, CancellationToken cancellationToken)
    {
        var granted = requested.And(entry.Granted);
        return Task.FromResult<SecurityClasses?>(granted.IsEmpty ? null : granted);
    }

    // The whole key has to be that of the label: another device that asks with the same home ids gets nothing.
    public Task<ushort?> PinAsync(NodeId node, string dsk, TimeSpan limit, CancellationToken cancellationToken) =>
        Task.FromResult<ushort?>(entry.Dsk.Matches(dsk) ? entry.Dsk.Pin : null);

    public bool IsExpected(string dsk) => dsk == entry.Dsk.ToString();
}
