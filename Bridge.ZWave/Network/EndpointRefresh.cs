using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Reads the endpoints of a node again when something says that they may have changed: a report of the root, a set on one of them. Several
/// reasons become one reading. Belongs to the network's loop.
/// </summary>
internal sealed class EndpointRefresh(NetworkContext context, CommandExchange exchange, CancellationToken stopping)
{
    // The endpoint each waiting reading may leave out.
    private readonly Dictionary<NodeId, EndpointIndex?> _waiting = [];

    /// <summary>Asks for a reading of all endpoints of a node that has any; <paramref name="except"/> was just confirmed.</summary>
    public void Request(Node node, EndpointIndex? except = null)
    {
        if (node.Endpoints.Count <= 1) return;
        if (_waiting.TryGetValue(node.Id, out var before))
        {
            // Two reasons leave out only what both may leave out.
            if (before != except) _waiting[node.Id] = null;
            return;
        }

        _waiting[node.Id] = except;
        _ = RunAsync(node);
    }

    private async Task RunAsync(Node node)
    {
        try
        {
            await context.DelayAsync(node.Device?.Quirks.RefreshEndpointsAfterRootReport ?? context.Timeouts.EndpointRefresh, stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // What comes from here on is a reason of its own.
        _waiting.Remove(node.Id, out var except);
        try
        {
            foreach (var endpoint in node.Endpoints.Where(endpoint => !endpoint.Index.IsRoot).ToArray())
            {
                if (endpoint.Index != except) await ReadSwitchAsync(node, endpoint);
                await ReadPowerAsync(node, endpoint);
            }
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            // The node does not answer: that is known by now, and it is read again when it is back. Or we stop.
        }
    }

    private async Task ReadSwitchAsync(Node node, Endpoint endpoint)
    {
        if (!endpoint.Supports(SwitchBinaryCommandClass.Id)) return;
        await exchange.QueryAsync<SwitchBinaryReport>(node, endpoint.Index, new SwitchBinaryGet(), SendPriority.Confirmation, stopping);
    }

    private async Task ReadPowerAsync(Node node, Endpoint endpoint)
    {
        if (!endpoint.Supports(MeterCommandClass.Id)) return;
        foreach (var reading in MeterReadings.Of(context.Values, node.Id, endpoint.Index).Where(static reading => reading.IsPower).ToArray())
        {
            await exchange.QueryAsync(node, endpoint.Index, reading.Question, reading.IsReply, SendPriority.Poll, stopping);
        }
    }
}
