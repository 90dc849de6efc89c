using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Firmware;
using Bridge.ZWave.Network;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>Tells on <c>bridge/event</c> what happens, to those who listen now. Belongs to the network's loop.</summary>
public sealed class EventPublisher(
    INetworkView view, PropertyCache properties, INodeDirectory directory, IMessageSink sink, TopicScheme topics) : INetworkObserver
{
    private const int BackupSteps = 10;

    private readonly Dictionary<NodeId, InterviewState> _interviews = [];
    private int _backupStep;

    /// <summary>Publishes an event: <c>{"type":"…", …}</c>. Any thread.</summary>
    /// <param name="details">Texts, lists of texts, numbers, flags or null, in their order.</param>
    public void Publish(string type, params IEnumerable<KeyValuePair<string, object?>> details) =>
        sink.Publish(MqttMessages.Passing(topics.BridgeEvent, JsonPayload.Of(json =>
        {
            json.Member("type", type);
            foreach (var (name, value) in details)
            {
                if (value is not IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> list) json.MemberOrList(name, value);
                else json.List(name, list, item => json.Object(members =>
                {
                    foreach (var (key, part) in item) members.Member(key, part);
                }));
            }
        })));

    /// <summary>Tells of heals and backups from now on.</summary>
    public void Watch(NetworkUpkeep upkeep)
    {
        ArgumentNullException.ThrowIfNull(upkeep);
        upkeep.Heal.Progressed += HealProgressed;
        upkeep.Heal.Ended += HealEnded;
        upkeep.Backup.Progressed += BackupProgressed;
        upkeep.Backup.Ended += BackupEnded;
    }

    public void MeterReadingRejected(MeterRejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        var source = new ValueId(rejection.Node.Id, rejection.Endpoint, rejection.Property);
        var property = properties.Of(rejection.Node).All.FirstOrDefault(property => property.Source == source)?.Name;
        Publish("meter_reading_rejected",
        [
            .. Subject(rejection.Node.Id), new("endpoint", rejection.Endpoint.Value), new("property", property ?? rejection.Property.ToString()),
            new("value", rejection.Value.AsDecimal), new("last_accepted", rejection.LastAccepted.AsDecimal), new("reason", rejection.Text),
        ]);
    }

    public void ControllerChanged(ControllerStatus status) => Publish("controller_status", [new("status", StatusWords.Of(status))]);

    public void NodeAdded(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        _interviews[node.Id] = node.Interview.State;
        // Before the controller is ready nodes only become known.
        if (view.Status == ControllerStatus.Ready) Publish("node_added", Subject(node.Id));
    }

    public void NodeRemoved(NodeId node)
    {
        _interviews.Remove(node);
        Publish("node_removed", [new("id", node.Value)]);
    }

    /// <summary>A firmware update went on.</summary>
    public void UpdateProgressed(FirmwareProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Publish("firmware_update",
        [
            .. Subject(progress.Node), new("state", UpdateStatus.Word(progress.State)), new("target", progress.Target), new("percent", progress.Percent),
            new("fragment", progress.Fragment), new("fragments", progress.Fragments), new("error", progress.Error),
        ]);
    }

    public void NodeReset(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Publish("node_reset", Subject(node.Id));
    }

    public void NodeStatusChanged(Node node, NodeStatus before)
    {
        ArgumentNullException.ThrowIfNull(node);
        // Being heard of for the first time in a run is no news.
        if (before == NodeStatus.Unknown && node.Status == NodeStatus.Alive) return;
        Publish("node_status",
            [.. Subject(node.Id), new("status", PropertyReading.StatusText(node.Status)), new("previous", PropertyReading.StatusText(before))]);
    }

    public void InterviewProgressed(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var before = _interviews.GetValueOrDefault(node.Id);
        _interviews[node.Id] = node.Interview.State;
        if (before == node.Interview.State) return;
        switch (node.Interview.State)
        {
            case InterviewState.Complete:
                Publish("node_interviewed", [.. Subject(node.Id), new("manufacturer", node.Device?.Manufacturer), new("model", node.Device?.Model)]);
                break;
            case InterviewState.Failed:
                Publish("node_interview_failed", [.. Subject(node.Id), new("step", node.Interview.Step)]);
                break;
        }
    }

    private void HealProgressed(HealProgress progress) => Publish("heal_progress",
    [
        .. Subject(progress.Node), new("step", UpkeepWords.Of(progress.Step)), new("done", progress.Done), new("total", progress.Total),
        new("failed", progress.Failed), .. progress.Result is { } result ? Outcome(result) : [],
    ]);

    private void HealEnded(HealResult result) => Publish("heal_finished",
    [
        new("healed", result.Count(NodeHealOutcome.Healed)), new("partly", result.Count(NodeHealOutcome.Partly)),
        new("failed", result.Count(NodeHealOutcome.Failed)), new("skipped", result.Count(NodeHealOutcome.Skipped)),
        new("cancelled", result.Count(NodeHealOutcome.Cancelled)),
        new("nodes", result.Nodes.Select(IReadOnlyList<KeyValuePair<string, object?>> (node) => [.. Subject(node.Node), .. Outcome(node)])),
    ]);

    // Every ten percent: a memory is read in hundreds of steps.
    private void BackupProgressed(NvmProgress progress)
    {
        var step = (int)((long)progress.Done * BackupSteps / Math.Max(1, progress.Total));
        if (step == _backupStep) return;
        _backupStep = step;
        Publish("backup_progress", [new("percent", step * (100 / BackupSteps))]);
    }

    private void BackupEnded(NvmBackupReason reason, NvmBackupResult result)
    {
        _backupStep = 0;
        KeyValuePair<string, object?> why = new("reason", UpkeepWords.Of(reason));
        if (result.File is { } file) Publish("backup_finished", [why, new("file", Path.GetFileName(file)), new("size", result.SizeBytes)]);
        else Publish("backup_failed", [why, new("error", result.Reason)]);
    }

    private static KeyValuePair<string, object?>[] Outcome(NodeHealResult result) =>
        [new("outcome", UpkeepWords.Of(result.Outcome)), new("reason", result.Reasons.Count == 0 ? null : string.Join("; ", result.Reasons))];

    private KeyValuePair<string, object?>[] Subject(NodeId node) => [new("id", node.Value), new("name", directory.Find(node).DisplayName)];
}
