using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Reads the endpoints of a node again when something says that they may have changed: a report of the root, a set on one of them. Several
/// reasons become one reading: first every relay, then the power of those that moved. Belongs to the network's loop.
/// </summary>
internal sealed class EndpointRefresh(NetworkContext context, CommandExchange exchange, EndpointOrders orders, CancellationToken stopping)
{
    // The endpoint each waiting reading was asked for; null: all may have changed.
    private readonly Dictionary<NodeId, EndpointIndex?> _waiting = [];

    /// <summary>Asks for a reading of a node that has endpoints; <paramref name="except"/> was just switched and confirmed.</summary>
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

    /// <summary>Reads again when the interview brought states that show the order of the endpoints: a second reading has to confirm it.</summary>
    public void ConsiderOrder(Node node)
    {
        if (node.Interview.State == InterviewState.Complete && orders.Evidence(node) is not null) Request(node);
    }

    private async Task RunAsync(Node node)
    {
        try
        {
            await context.DelayAsync(node.Device?.Quirks.RefreshEndpointsAfterRootReport ?? context.Timeouts.EndpointRefresh, stopping);
            // What comes from here on is a reason of its own.
            _waiting.Remove(node.Id, out var switched);
            var moved = await ReadSwitchesAsync(node, switched);
            if (orders.Evidence(node) is { } order)
            {
                // A relay that moved between two answers shows a wrong order once, not twice.
                moved.UnionWith(await ReadSwitchesAsync(node, except: null));
                if (orders.Evidence(node) == order) orders.Observe(node, order);
            }

            foreach (var endpoint in InOrder(node))
            {
                var isWanted = switched is null || endpoint.Index == switched || moved.Contains(endpoint.Index) || IsPowerOdd(node, endpoint);
                if (isWanted) await ReadPowerAsync(node, endpoint);
            }
        }
        catch (Exception exception) when (exception is ZWaveException or OperationCanceledException)
        {
            // The node does not answer: that is known by now, and it is read again when it is back. Or we stop.
        }
    }

    // Single relays before groups, which follow from them; the root last.
    private static Endpoint[] InOrder(Node node) =>
    [
        .. node.Endpoints.OrderBy(endpoint => endpoint.Index.IsRoot)
            .ThenBy(endpoint => node.FindDefinition(endpoint.Index)?.Role == EndpointRole.Group)
            .ThenBy(static endpoint => endpoint.Index),
    ];

    private async Task<HashSet<EndpointIndex>> ReadSwitchesAsync(Node node, EndpointIndex? except)
    {
        HashSet<EndpointIndex> moved = [];
        foreach (var endpoint in InOrder(node))
        {
            if (endpoint.Index == except || !endpoint.Supports(SwitchBinaryCommandClass.Id)) continue;
            var before = State(node, endpoint);
            var report = await exchange.QueryAsync<SwitchBinaryReport>(
                node, endpoint.Index, new SwitchBinaryGet(), SendPriority.Confirmation, stopping);
            if (report is not null && SwitchState.FromByte(report.CurrentValue) != before) moved.Add(endpoint.Index);
        }

        return moved;
    }

    private bool? State(Node node, Endpoint endpoint) =>
        context.Values.Read(new(node.Id, endpoint.Index, SwitchBinaryCommandClass.State)).AsBoolean;

    private MeterReading[] PowerOf(Node node, Endpoint endpoint) => endpoint.Supports(MeterCommandClass.Id)
        ? [.. MeterReadings.Of(context.Values, node.Id, endpoint.Index).Where(static reading => reading.IsPower)]
        : [];

    // Power through an open relay, or none through a closed one: one of the two is old.
    private bool IsPowerOdd(Node node, Endpoint endpoint) => State(node, endpoint) is { } isOn && PowerOf(node, endpoint).Any(reading =>
    {
        var property = MeterCommandClass.Reading(reading.MeterType, reading.RateType, reading.ScaleIndex);
        return context.Values.Read(new(node.Id, endpoint.Index, property)).AsDecimal is { } watts && isOn == (watts == 0);
    });

    private async Task ReadPowerAsync(Node node, Endpoint endpoint)
    {
        foreach (var reading in PowerOf(node, endpoint))
        {
            await exchange.QueryAsync(node, endpoint.Index, reading.Question, reading.IsReply, SendPriority.Poll, stopping);
        }
    }
}
