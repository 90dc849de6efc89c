using Bridge.Commands;
using Bridge.Mqtt;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;

namespace Bridge.Requests;

/// <summary>
/// <c>device/statistics</c>: {"id":4}, or the number or name alone. How the frames to a node go since the last start: counts, times, signal and route, the
/// neighbours it has, and the noise at the stick. Nothing is sent for it.
/// </summary>
public sealed class DeviceStatisticsRequest(RequestContext context) : IBridgeRequest
{
    public string What => "device/statistics";

    public string? PlainKey => "id";

    public async Task<CommandOutcome> HandleAsync(RequestFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var id = fields.Node();
        if (fields.Faults.Count > 0 || id is not { } node) return CommandOutcome.Refused(fields.Faults);
        return await context.WithNodeAsync(node, async (_, found) =>
        {
            var neighbors = await context.Upkeep.Radio.NeighborsAsync(node);
            var noise = await context.Upkeep.Radio.NoiseAsync();
            return context.Ok(node, [.. Describe(found), new("neighbors", RequestValues.Of(neighbors)), new("background_rssi", RequestValues.Of(noise))]);
        });
    }

    private static IEnumerable<KeyValuePair<string, PayloadValue>> Describe(Node node)
    {
        var (counters, statistics) = (node.Counters, node.Statistics);
        yield return new("commands_sent", PayloadValue.Of((decimal)counters.CommandsSent));
        yield return new("commands_failed", PayloadValue.Of((decimal)counters.CommandsFailed));
        yield return new("commands_received", PayloadValue.Of((decimal)counters.CommandsReceived));
        yield return new("frames_acknowledged", PayloadValue.Of((decimal)statistics.FramesAcknowledged));
        yield return new("frames_not_acknowledged", PayloadValue.Of((decimal)statistics.FramesNotAcknowledged));
        yield return new("frames_not_sent", PayloadValue.Of((decimal)statistics.FramesNotSent));
        yield return new("round_trip_ms", RequestValues.Of(node.RoundTrip == TimeSpan.Zero ? null : (decimal?)(long)node.RoundTrip.TotalMilliseconds));
        yield return new("transmit_ms", RequestValues.Of(statistics.TransmitTime is { } time ? (decimal?)(long)time.TotalMilliseconds : null));
        yield return new("rssi", RequestValues.Of((decimal?)statistics.AckRssiDbm));
        yield return new("route", statistics.LastReport is { } report ? Describe(report, statistics) : PayloadValue.Null);
        yield return new("last_failed_link", statistics.LastFailedLink is { } link
            ? PayloadFormat.Object([new("from", PayloadValue.Of((decimal)link.From.Value)), new("to", PayloadValue.Of((decimal)link.To.Value))])
            : PayloadValue.Null);
    }

    private static PayloadValue Describe(TransmitReport report, NodeStatistics statistics) => PayloadFormat.Object(
    [
        new("repeaters", RequestValues.Of(statistics.Repeaters)),
        new("repeater_rssi", RequestValues.Of(report.AckRepeaterRssi.Take(report.RepeaterCount).Select(static rssi => rssi.Dbm))),
        new("speed", PayloadValue.Of(Word(report.LastRouteSpeed))),
        new("scheme", PayloadValue.Of(Word(report.RouteScheme))),
        new("attempts", PayloadValue.Of((decimal)report.RoutingAttempts)),
    ]);

    private static string Word(RouteSpeed speed) => speed switch
    {
        RouteSpeed.Kbit9Point6 => "9.6k",
        RouteSpeed.Kbit40 => "40k",
        RouteSpeed.Kbit100 => "100k",
        RouteSpeed.LongRangeKbit100 => "long_range_100k",
        _ => "unknown",
    };

    private static string Word(RouteScheme scheme) => scheme switch
    {
        RouteScheme.Direct => "direct",
        RouteScheme.PriorityRoute => "priority",
        RouteScheme.LastWorkingRoute => "last_working",
        RouteScheme.NextToLastWorkingRoute => "next_to_last_working",
        RouteScheme.AutoRoute => "auto",
        RouteScheme.ResortToDirect => "resort_to_direct",
        RouteScheme.Explorer => "explorer",
        _ => "unknown",
    };
}
