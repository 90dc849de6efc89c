using Bridge.ZWave.Network;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Upkeep;

/// <summary>What the module knows of the radio without sending anything. Any thread may call.</summary>
public sealed class RadioQuestions
{
    private readonly NetworkContext _context;

    internal RadioQuestions(NetworkContext context) => _context = context;

    /// <summary>The noise on each channel in dBm, null where it is not measured; null: the module does not tell.</summary>
    /// <exception cref="ZWaveException">The module does not answer.</exception>
    public Task<IReadOnlyList<int?>?> NoiseAsync() => _context.Loop.RunAsync(async () =>
    {
        if (_context.Identity is not { } identity || !identity.Has(GetBackgroundRssi.Id)) return null;
        var response = await _context.Session.RequestAsync<GetBackgroundRssiResponse>(new GetBackgroundRssiRequest());
        return (IReadOnlyList<int?>?)[.. response.Channels.Select(static channel => channel.Dbm)];
    });

    /// <summary>The nodes in reach of one, as of its last look around; null: the module does not tell, or it is a Long Range node, which has none.</summary>
    /// <exception cref="ZWaveException">The module does not answer.</exception>
    public Task<IReadOnlyList<NodeId>?> NeighborsAsync(NodeId node) => _context.Loop.RunAsync(async () =>
    {
        if (_context.Identity is not { } identity || !identity.Has(GetRoutingInfo.Id) || !node.IsClassic) return null;
        return (await _context.Session.RequestAsync<GetRoutingInfoResponse>(new GetRoutingInfoRequest(node))).NodeIds;
    });
}
