using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Reads and resets meters. Belongs to the network's loop.</summary>
internal sealed class MeterControl(NetworkContext context, CommandExchange exchange)
{
    /// <summary>Reads every scale of an endpoint's meter. Readings land in the value store.</summary>
    /// <returns>How many readings came.</returns>
    public async Task<int> ReadAsync(
        Node node, EndpointIndex endpoint, SendPriority priority, Func<MeterReading, bool> isWanted, CancellationToken cancellationToken)
    {
        RequireMeter(node, endpoint);
        var count = 0;
        foreach (var reading in MeterReadings.Of(context.Values, node.Id, endpoint).Where(isWanted).ToArray())
        {
            if (await exchange.QueryAsync(node, endpoint, reading.Question, reading.IsReply, priority, cancellationToken) is not null) count++;
        }

        return count;
    }

    /// <summary>Sets the accumulated values of an endpoint to zero and reads them again: devices rarely report by themselves.</summary>
    /// <exception cref="ZWaveException">Not delivered, refused, or the meter said that it cannot be reset.</exception>
    public async Task ResetAsync(Node node, EndpointIndex endpoint, CancellationToken cancellationToken)
    {
        RequireMeter(node, endpoint);
        if (context.Values.Read(new(node.Id, endpoint, MeterCommandClass.ResetSupported)).AsBoolean == false)
        {
            throw new ZWaveException(ZWaveErrorCode.NotSupported, $"node {node.Id}, endpoint {endpoint}: the meter cannot be reset") { Node = node.Id };
        }

        if (await exchange.SetAsync(node, endpoint, new MeterReset(), SendPriority.User, cancellationToken) == SetResult.Refused)
        {
            throw new ZWaveException(ZWaveErrorCode.NodeRefused, $"node {node.Id}, endpoint {endpoint}: the device refused the reset") { Node = node.Id };
        }

        await ReadAsync(node, endpoint, SendPriority.Confirmation, static reading => reading.IsAccumulating, cancellationToken);
    }

    private static void RequireMeter(Node node, EndpointIndex endpoint)
    {
        if (node.FindEndpoint(endpoint) is { } found && found.Supports(MeterCommandClass.Id)) return;
        throw new ZWaveException(ZWaveErrorCode.InvalidArgument, $"node {node.Id} has no meter on endpoint {endpoint}") { Node = node.Id };
    }
}
