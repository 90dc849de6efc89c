using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>
/// Tells every step of inclusion and exclusion on <c>bridge/event</c>, and in <c>bridge/info</c> whether a node may join. Belongs to the network's loop.
/// </summary>
public sealed class InclusionPublisher(EventPublisher events, InfoPublisher info, INodeDirectory directory, TopicScheme topics)
{
    /// <summary>Something happened, or is asked for.</summary>
    public void Take(InclusionEvent news)
    {
        ArgumentNullException.ThrowIfNull(news);
        Tell(news);
        if (news is InclusionStarted or InclusionStopped or NodeFound or InclusionFailed) info.Publish();
    }

    private void Tell(InclusionEvent news)
    {
        switch (news)
        {
            case InclusionStarted started:
                events.Publish("inclusion_started",
                [
                    new("strategy", InclusionWords.Of(started.Strategy)), new("seconds", Seconds(started.Duration)), new("dsk", started.Dsk?.ToString()),
                ]);
                break;
            case InclusionStopped stopped:
                events.Publish("inclusion_stopped", [new("reason", stopped.Reason)]);
                break;
            case NodeFound found:
                events.Publish("inclusion_node_found", [new("activity", InclusionWords.Of(found.Activity))]);
                break;
            case NodeJoined joined:
                events.Publish("inclusion_node_joined", [new("id", joined.Node.Value)]);
                break;
            case GrantWanted wanted:
                events.Publish("inclusion_grant",
                [
                    new("id", wanted.Node.Value), new("requested", Words(wanted.Requested)), new("seconds", Seconds(wanted.Limit)),
                    new("answer", topics.Request("inclusion/grant")),
                ]);
                break;
            case PinWanted wanted:
                events.Publish("inclusion_dsk",
                [
                    new("id", wanted.Node.Value), new("dsk", wanted.Dsk), new("seconds", Seconds(wanted.Limit)),
                    new("answer", topics.Request("inclusion/dsk")),
                ]);
                break;
            case KeysExchanged exchanged:
                events.Publish("inclusion_keys", [new("id", exchanged.Node.Value), new("classes", Words(exchanged.Granted))]);
                break;
            case BootstrapFailed failed:
                events.Publish("inclusion_keys_failed",
                    [new("id", failed.Node.Value), new("code", InclusionWords.Of(failed.Failure)), new("reason", failed.Reason)]);
                break;
            case ButtonWanted wanted:
                events.Publish("inclusion_button", [new("id", wanted.Node.Value), new("seconds", Seconds(wanted.Limit))]);
                break;
            case NodeLeftBehind left:
                events.Publish("inclusion_left_behind", [new("id", left.Node.Value), new("reason", left.Reason)]);
                break;
            case NodeIncluded included:
                events.Publish("node_included",
                [
                    .. Subject(included.Node.Id), new("security", SecurityClassWords.Of(included.Node.SecurityClass)),
                    new("replacement", included.IsReplacement), new("dsk", included.Entry?.Dsk.ToString()),
                ]);
                break;
            case InterviewBegan began:
                events.Publish("node_interview_started", Subject(began.Node));
                break;
            default:
                TellDeparture(news);
                break;
        }
    }

    private void TellDeparture(InclusionEvent news)
    {
        switch (news)
        {
            case ExclusionStarted started:
                events.Publish("exclusion_started", [new("seconds", Seconds(started.Duration))]);
                break;
            case ExclusionStopped stopped:
                events.Publish("exclusion_stopped", [new("reason", stopped.Reason)]);
                break;
            case NodeExcluded excluded:
                events.Publish("node_excluded", [new("id", Number(excluded.Node))]);
                break;
            case FailedNodeRemoved removed:
                events.Publish("failed_node_removed", [new("id", removed.Node.Value), new("was_reset", removed.HadReset)]);
                break;
            case ReplacementStarted started:
                events.Publish("replacement_started", Subject(started.Node));
                break;
            case InclusionFailed failed:
                events.Publish("inclusion_failed",
                    [new("activity", InclusionWords.Of(failed.Activity)), new("id", Number(failed.Node)), new("reason", failed.Reason)]);
                break;
            case ProvisioningChanged:
                events.Publish("provisioning_changed");
                break;
        }
    }

    private KeyValuePair<string, object?>[] Subject(NodeId node) => [new("id", node.Value), new("name", directory.Find(node).DisplayName)];

    private static ushort? Number(NodeId node) => node.IsValid ? node.Value : null;

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private static string[] Words(SecurityClasses classes) => [.. classes.StrongestFirst.Select(SecurityClassWords.Of)];
}
