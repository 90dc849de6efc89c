using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge.Mqtt;

/// <summary>The topics below the base topic, in both directions (docs/mqtt-api.md).</summary>
/// <param name="Base">The base topic: "zwbridge".</param>
public sealed record TopicScheme(string Base)
{
    public string BridgeState => $"{Base}/bridge/state";

    public string BridgeInfo => $"{Base}/bridge/info";

    public string BridgeDevices => $"{Base}/bridge/devices";

    public string BridgeHealth => $"{Base}/bridge/health";

    public string BridgeEvent => $"{Base}/bridge/event";

    public string BridgeLogging => $"{Base}/bridge/logging";

    /// <summary>Everything that may be asked of us.</summary>
    public IReadOnlyList<string> CommandFilters => [$"{Base}/bridge/request/#", $"{Base}/+/set/#", $"{Base}/+/+/set/#", $"{Base}/+/get"];

    /// <param name="what">"device/ping".</param>
    public string Request(string what) => $"{Base}/bridge/request/{what}";

    /// <param name="what">"device/ping".</param>
    public string Response(string what) => $"{Base}/bridge/response/{what}";

    /// <param name="device">Topic name of a node: "node_4".</param>
    public string State(string device) => $"{Base}/{device}";

    /// <param name="device">Topic name of a node.</param>
    public string Availability(string device) => $"{Base}/{device}/availability";

    /// <param name="device">Topic name of a node.</param>
    public string Update(string device) => $"{Base}/{device}/update";

    /// <summary>Where commands for a node or one of its endpoints go.</summary>
    public string Set(string device, EndpointIndex endpoint) =>
        endpoint.IsRoot ? $"{Base}/{device}/set" : $"{Base}/{device}/{endpoint.Value.ToString(CultureInfo.InvariantCulture)}/set";

    /// <summary>Where commands for one property go.</summary>
    public string Set(string device, EndpointIndex endpoint, string property) => $"{Set(device, endpoint)}/{property}";

    /// <summary>What an incoming topic asks for; null when it is none of ours.</summary>
    public CommandTopic? Parse(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (topic.Length <= Base.Length + 1 || !topic.StartsWith(Base, StringComparison.Ordinal) || topic[Base.Length] != '/') return null;
        var rest = topic[(Base.Length + 1)..];
        const string request = "bridge/request/";
        if (rest.StartsWith(request, StringComparison.Ordinal)) return rest.Length > request.Length ? new RequestTopic(rest[request.Length..]) : null;
        return rest.Split('/') switch
        {
            ["bridge", ..] => null,
            [var device, "get"] => new GetTopic(device),
            [var device, "set"] => new SetTopic(device, null, null),
            [var device, "set", var property] => new SetTopic(device, null, property),
            [var device, var endpoint, "set"] => new SetTopic(device, endpoint, null),
            [var device, var endpoint, "set", var property] => new SetTopic(device, endpoint, property),
            _ => null,
        };
    }
}

/// <summary>What an incoming message is about, by its topic alone.</summary>
public abstract record CommandTopic;

/// <summary><c>bridge/request/…</c>.</summary>
/// <param name="What">"device/ping".</param>
public sealed record RequestTopic(string What) : CommandTopic;

/// <summary><c>…/set</c>, with or without endpoint and property.</summary>
/// <param name="Device">Topic name of the node, as written.</param>
/// <param name="Endpoint">As written; null: the node itself.</param>
/// <param name="Property">As written; null: the payload names it.</param>
public sealed record SetTopic(string Device, string? Endpoint, string? Property) : CommandTopic;

/// <summary><c>…/get</c>: ask the node again.</summary>
public sealed record GetTopic(string Device) : CommandTopic;
