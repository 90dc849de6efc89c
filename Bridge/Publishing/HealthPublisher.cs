using System.Diagnostics;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Network;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;

namespace Bridge.Publishing;

/// <summary>Where the numbers of <c>bridge/health</c> come from.</summary>
/// <param name="Line">Of the line to the stick.</param>
/// <param name="Air">Of the air.</param>
/// <param name="Mqtt">Of the broker.</param>
/// <param name="QueuedCommands">Commands that wait for the radio, read on the network's loop.</param>
public sealed record HealthSources(SessionCounters Line, NetworkCounters Air, MqttCounters Mqtt, Func<int> QueuedCommands);

/// <summary>
/// Publishes <c>bridge/health</c> every five minutes: does everything work, does anything grow, who talks too much. Belongs to the network's loop.
/// </summary>
public sealed class HealthPublisher : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(5);

    private readonly INetworkView _view;
    private readonly INodeDirectory _directory;
    private readonly IMessageSink _sink;
    private readonly TopicScheme _topics;
    private readonly HealthSources _sources;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private readonly Dictionary<NodeId, long> _reportsBefore = [];
    private long _sampled;

    /// <param name="post">Brings an action to the loop.</param>
    public HealthPublisher(
        INetworkView view, INodeDirectory directory, IMessageSink sink, TopicScheme topics, HealthSources sources, Action<Action> post, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_view, _directory, _sink, _topics, _sources, _time) = (view, directory, sink, topics, sources, time);
        _started = _sampled = time.GetTimestamp();
        _timer = time.CreateTimer(_ => post(OnPeriod), null, s_period, s_period);
    }

    /// <summary>Publishes it as it is now.</summary>
    public void Publish() => _sink.Publish(MqttMessages.Retained(_topics.BridgeHealth, Document()));

    /// <summary>The document itself, for requests. Reports a minute are those since the last period.</summary>
    public byte[] Document() => JsonPayload.Of(json =>
    {
        json.Member("uptime", (long)_time.GetElapsedTime(_started).TotalSeconds);
        json.Object("memory", members =>
        {
            using var process = Process.GetCurrentProcess();
            members.Member("resident", process.WorkingSet64);
            members.Member("managed", GC.GetTotalMemory(forceFullCollection: false));
        });
        json.Object("controller", members => members.Member("status", StatusWords.Of(_view.Status)));
        json.Object("line", WriteLine);
        json.Object("air", WriteAir);
        json.Object("mqtt", WriteMqtt);
        json.List("nodes", _view.OtherNodes, node => json.Object(members => WriteNode(members, node)));
    });

    public void Dispose() => _timer.Dispose();

    private void OnPeriod()
    {
        Publish();
        _sampled = _time.GetTimestamp();
        _reportsBefore.Clear();
        foreach (var node in _view.OtherNodes) _reportsBefore[node.Id] = node.Counters.CommandsReceived;
    }

    private void WriteLine(JsonTextWriter json)
    {
        var line = _sources.Line;
        json.Member("frames_received", line.FramesReceived);
        json.Member("frames_sent", line.FramesSent);
        json.Member("retransmissions", line.Retransmissions);
        json.Member("noise_bytes", line.NoiseBytes);
        json.Member("bad_checksums", line.BadChecksums);
        json.Member("naks", line.Naks);
        json.Member("cans", line.Cans);
        json.Member("ack_timeouts", line.AckTimeouts);
        json.Member("response_timeouts", line.ResponseTimeouts);
        json.Member("callback_timeouts", line.CallbackTimeouts);
        json.Member("aborts", line.Aborts);
        json.Member("link_losses", line.LinkLosses);
        json.Member("failed_requests", line.FailedRequests);
    }

    private void WriteAir(JsonTextWriter json)
    {
        var air = _sources.Air;
        json.Member("commands_received", air.CommandsReceived);
        json.Member("commands_refused", air.CommandsRefused);
        json.Member("commands_unknown", air.CommandsUnknown);
        json.Member("not_decrypted", air.NotDecrypted);
        json.Member("not_decrypted_by_nodes", air.NotDecryptedByNode);
        json.Member("repetitions_dropped", air.RepetitionsDropped);
        json.Member("insecure_refused", air.InsecureRefused);
        json.Member("replies_missing", air.RepliesMissing);
        json.Member("strangers_dropped", air.StrangersDropped);
        json.Member("frames_dropped", air.FramesDropped);
        json.Member("meter_readings_rejected", _view.OtherNodes.Sum(static node => node.Counters.MeterReadingsRejected));
        json.Member("queue", _sources.QueuedCommands());
    }

    private void WriteMqtt(JsonTextWriter json)
    {
        var mqtt = _sources.Mqtt;
        json.Member("published", mqtt.Published);
        json.Member("received", mqtt.Received);
        json.Member("dropped", mqtt.Dropped);
        json.Member("refused", mqtt.Refused);
        json.Member("reconnects", Math.Max(0, mqtt.Connects - 1));
        json.Member("queue", mqtt.Waiting);
        json.Member("in_flight", mqtt.InFlight);
        json.Member("handler_failures", mqtt.HandlerFailures);
    }

    private void WriteNode(JsonTextWriter json, Node node)
    {
        var counters = node.Counters;
        var minutes = _time.GetElapsedTime(_sampled).TotalMinutes;
        var reports = counters.CommandsReceived - _reportsBefore.GetValueOrDefault(node.Id);
        json.Member("id", node.Id.Value);
        json.Member("name", _directory.Find(node.Id).DisplayName);
        json.Member("status", PropertyReading.StatusText(node.Status));
        json.Member("commands_received", counters.CommandsReceived);
        json.Member("commands_sent", counters.CommandsSent);
        json.Member("commands_failed", counters.CommandsFailed);
        json.Member("meter_readings_rejected", counters.MeterReadingsRejected);
        // Shortly after the start a single report would look like a flood.
        json.Member("reports_per_minute", minutes < 1 ? null : (decimal?)Math.Round((decimal)(reports / minutes), 1));
        json.Member("round_trip_ms", node.RoundTrip == TimeSpan.Zero ? null : (long?)node.RoundTrip.TotalMilliseconds);
        json.Member("rssi", node.Statistics.AckRssiDbm);
        json.Member("repeaters", (int?)node.Statistics.LastReport?.RepeaterCount);
    }
}
