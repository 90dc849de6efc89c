using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave.Wire;

namespace Bridge.Commands;

/// <summary>
/// Reads what a message on a set topic wants of a node. Pure. Everything is checked before anything is done: with one fault there is no
/// action at all, and every fault is told.
/// </summary>
/// <remarks>
/// A plain <c>ON</c>, or the key <c>state</c>, on a node with several relays: the relay of the root device when it is shown, else the only
/// one, else the endpoint that stands for all of them when there is exactly one such; otherwise it is refused and the relays are named.
/// <c>reset_meter</c> on such a node means each single endpoint.
/// </remarks>
public sealed class SetCommandReader
{
    private const int MaximumFaults = 10;
    private const string OnTimeFault = "is not supported: nothing was switched. Devices that can have a parameter for it (auto_off_timer)";

    private readonly PropertyLookup _lookup;
    private readonly List<NodeAction> _actions = [];
    private readonly List<CommandFault> _faults = [];
    private readonly List<string> _unknown = [];

    private SetCommandReader(PropertyLookup lookup) => _lookup = lookup;

    /// <summary>Reads a message. An empty payload is nothing to do: it is how retained messages are cleared.</summary>
    public static SetCommand Read(SetTopic topic, PayloadValue payload, NodeProperties properties)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(properties);
        if (payload.Kind == PayloadKind.Empty) return SetCommand.Nothing;
        EndpointIndex? endpoint = null;
        if (topic.Endpoint is { } text)
        {
            if (PropertyLookup.TryReadEndpoint(text, properties, out var index) is { } fault) return new([], [fault]);
            endpoint = index;
        }

        var reader = new SetCommandReader(new(properties, endpoint));
        if (topic.Property is { } property) reader.TakeProperty(property, payload);
        else reader.TakeNode(payload);
        return reader.Conclude();
    }

    private void TakeProperty(string key, PayloadValue payload)
    {
        // {"state":"ON"} on …/set/state says the same twice.
        var isRepeated = payload is { Kind: PayloadKind.Object, Members.Count: 1 } && IsSame(key, payload.Members[0].Key);
        TakeKey(key, isRepeated ? payload.Members[0].Value : payload);
    }

    private bool IsSame(string key, string other) =>
        key == other || (_lookup.Find(key) is { Count: > 0 } one && _lookup.Find(other) is { Count: > 0 } two && one[0] == two[0]);

    private void TakeNode(PayloadValue payload)
    {
        switch (payload.Kind)
        {
            case PayloadKind.Object when payload.Members.Count == 0:
                _faults.Add(new("set", null, $"needs at least one key; this takes {_lookup.SettableNames()}"));
                break;
            case PayloadKind.Object:
                foreach (var (key, value) in payload.Members) TakeKey(key, value);
                break;
            default:
                if (_lookup.Relays() is { Count: > 0 } relays) TakeSwitch("state", relays, payload);
                else _faults.Add(new("state", null, $"is not there: no relay; this takes {_lookup.SettableNames()} as keys of an object"));
                break;
        }
    }

    private void TakeKey(string key, PayloadValue value)
    {
        var found = _lookup.Find(key);
        if (found.Count == 0)
        {
            if (key == "on_time") _faults.Add(new(key, null, OnTimeFault));
            else _unknown.Add(key);
            return;
        }

        var settable = found.Where(static property => property.IsSettable).ToArray();
        if (settable.Length == 0)
        {
            var isParameter = found[0].Kind == PropertyKind.Parameter;
            _faults.Add(new(key, null, isParameter ? "cannot be set: the parameter is read-only" : "cannot be set: the node tells it"));
            return;
        }

        switch (settable[0].Kind)
        {
            case PropertyKind.Switch:
                TakeSwitch(key, settable, value);
                break;
            case PropertyKind.ResetMeter:
                TakeMeterReset(key, settable, value);
                break;
            case var _ when settable.Length > 1:
                _faults.Add(new(key, null, $"is there several times; name one of {Names(settable)}"));
                break;
            case PropertyKind.Parameter:
                if (PropertyInput.TryReadNumber(settable[0], value, out var number, out var fault)) Add(new ParameterAction(settable[0], number));
                else _faults.Add(fault);
                break;
            case PropertyKind.Protection:
                if (PropertyInput.TryReadNumber(settable[0], value, out var state, out var wrong)) Add(new ProtectionAction(settable[0], state));
                else _faults.Add(wrong);
                break;
            default:
                if (PropertyInput.TryReadStart(settable[0], value, out var notStarted)) Add(new StartAction(settable[0]));
                else _faults.Add(notStarted);
                break;
        }
    }

    private void TakeSwitch(string key, IReadOnlyList<NodeProperty> relays, PayloadValue value)
    {
        var relay = relays.Count == 1 ? relays[0] : relays.FirstOrDefault(static property => property.Endpoint.IsRoot);
        if (relay is null)
        {
            var groups = relays.Where(static property => property.IsGroup).ToArray();
            if (groups.Length != 1)
            {
                _faults.Add(new(key, null, $"is there several times; name one of {Names(relays)}"));
                return;
            }

            relay = groups[0];
        }

        if (PropertyInput.TryReadSwitch(relay, value, out var isOn, out var fault)) Add(new SwitchAction(relay, isOn));
        else _faults.Add(fault);
    }

    private void TakeMeterReset(string key, NodeProperty[] meters, PayloadValue value)
    {
        if (!PropertyInput.TryReadStart(meters[0], value, out var fault))
        {
            _faults.Add(fault with { Key = key });
            return;
        }

        // A group is reset together with its members: their sum falls in one step then.
        var groups = meters.Where(static property => property.IsGroup).ToArray();
        var single = meters.Except(groups).ToArray();
        var reset = groups.Length == 1 ? groups : single.Length > 0 ? single : meters;
        Add(new ResetMeterAction(
            meters.Length == 1 ? meters[0].Name : key,
            [.. reset.Select(static property => property.Endpoint)],
            [.. meters.Select(static property => property.Endpoint)]));
    }

    private void Add(NodeAction action)
    {
        if (_actions.Exists(other => other.Name == action.Name)) _faults.Add(new(action.Name, null, "is set twice in one message"));
        else _actions.Add(action);
    }

    private SetCommand Conclude()
    {
        if (_unknown.Count > 0)
        {
            var keys = string.Join("\", \"", _unknown.Take(MaximumFaults).Select(static key => PayloadFormat.Shorten(key, 40)));
            _faults.Add(new(keys, null, $"{(_unknown.Count == 1 ? "is" : "are")} not known here; this takes {_lookup.SettableNames()}"));
        }

        if (_faults.Count == 0) return new(_actions, []);
        var more = _faults.Count - MaximumFaults;
        return new([], more <= 0 ? _faults : [.. _faults.Take(MaximumFaults), new("…", null, $"and {more} more faults")]);
    }

    private static string Names(IEnumerable<NodeProperty> properties) => string.Join(", ", properties.Select(static property => property.Name));
}
