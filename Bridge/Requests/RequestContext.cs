using Bridge.Commands;
using Bridge.Firmware;
using Bridge.Mqtt;
using Bridge.Naming;
using Bridge.Properties;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Upkeep;
using Bridge.ZWave.Wire;

namespace Bridge.Requests;

/// <summary>What requests work with.</summary>
/// <param name="Properties">Told of the network's events before everybody who asks it.</param>
public sealed record RequestContext(ZWaveNetwork Network, PropertyCache Properties, INodeDirectory Directory, TimeProvider Time)
{
    public required IBridgeStatus Status { get; init; }

    public required IBridgeOptions Options { get; init; }

    public required IBridgeRestart Restart { get; init; }

    public required NodeInclusion Inclusion { get; init; }

    /// <summary>Which keys a node is to get when a request does not say.</summary>
    public InclusionStrategy UsualStrategy { get; init; }

    public required InclusionUsers InclusionUsers { get; init; }

    public required NetworkUpkeep Upkeep { get; init; }

    public required NodeUpdates Updates { get; init; }

    /// <summary>
    /// Does something with a node that can be reached; otherwise tells at once why it cannot. The work starts on the network's loop and
    /// stays there.
    /// </summary>
    public async Task<CommandOutcome> WithNodeAsync(NodeId id, Func<INetworkView, Node, Task<CommandOutcome>> work)
    {
        var started = await Network.ReadAsync(view =>
            NetworkAvailability.Refusal(view, id, out var node) is { } refusal ? Task.FromResult(refusal) : work(view, node!));
        return await started;
    }

    /// <summary>Does something with the controller when it is there; otherwise tells at once why it cannot.</summary>
    public async Task<CommandOutcome> WhenReadyAsync(Func<Task<CommandOutcome>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return await Network.ReadAsync(static view => NetworkAvailability.Refusal(view.Status)) is { } refusal ? refusal : await work();
    }

    /// <summary>The members every answer about a node begins with.</summary>
    public KeyValuePair<string, PayloadValue>[] Identify(NodeId id) =>
        [new("id", PayloadValue.Of((decimal)id.Value)), new("name", PayloadValue.Of(Directory.Find(id).DisplayName))];

    /// <summary>Done, with the node in front of the data.</summary>
    public CommandOutcome Ok(NodeId id, params KeyValuePair<string, PayloadValue>[] data) => CommandOutcome.Ok([.. Identify(id), .. data]);
}
