using Bridge.Mqtt;
using Bridge.Properties;
using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Commands;

/// <summary>
/// Asks nodes again for what a get topic names, and for nothing else where that is possible. The same question asked twice at a time is
/// sent once. Belongs to the network's loop.
/// </summary>
internal sealed class NodeReadings(ZWaveNetwork network, PropertyCache properties)
{
    private readonly Dictionary<(NodeId, string), Task> _asking = [];

    /// <summary>Asks, and tells what is known then.</summary>
    /// <param name="payload">Empty: everything. "power", ["power","state"], {"power":""}: these. A name without endpoint means all
    /// endpoints.</param>
    public async Task<CommandOutcome> ReadAsync(INetworkView view, Node node, PayloadValue payload)
    {
        IReadOnlyList<NodeProperty> wanted = [.. properties.Of(node).All.Where(static property => property.IsState)];
        if (payload.Kind != PayloadKind.Empty)
        {
            if (TryReadNames(payload) is not { } names)
            {
                return CommandOutcome.Refused("get takes nothing, a name, a list of names, or an object with names as keys");
            }

            var faults = Find(node, names, out wanted);
            if (faults.Count > 0) return CommandOutcome.Refused(faults);
        }

        CommandError? error = null;
        foreach (var asking in Ask(node, wanted, isEverything: payload.Kind == PayloadKind.Empty))
        {
            try
            {
                await asking;
            }
            catch (ZWaveException exception)
            {
                error ??= CommandError.Of(exception);
            }
        }

        if (error is not null) return new([], error);
        return CommandOutcome.Ok([.. wanted.Select(property =>
            new KeyValuePair<string, PayloadValue>(property.Name, PropertyOutput.Of(view, node, property)))]);
    }

    private List<string> Find(Node node, IReadOnlyList<string> names, out IReadOnlyList<NodeProperty> wanted)
    {
        var lookup = new PropertyLookup(properties.Of(node), null);
        List<string> faults = [];
        List<NodeProperty> all = [];
        List<string> unknown = [];
        foreach (var name in names)
        {
            var found = lookup.Find(name);
            var told = found.Where(static property => property.IsState).ToArray();
            if (told.Length > 0) all.AddRange(told);
            else if (found.Count > 0) faults.Add(new CommandFault(name, null, "cannot be read").ToString());
            else unknown.Add(PayloadFormat.Shorten(name, 40));
        }

        if (unknown.Count > 0)
        {
            var keys = string.Join("\", \"", unknown.Take(10));
            faults.Add($"\"{keys}\" {(unknown.Count == 1 ? "is" : "are")} not known here; this has {lookup.StateNames()}");
        }

        wanted = [.. all.Distinct()];
        return [.. faults.Take(10)];
    }

    private static IReadOnlyList<string>? TryReadNames(PayloadValue payload) => payload.Kind switch
    {
        PayloadKind.Text => [payload.Text],
        PayloadKind.List when payload.Items.All(static item => item.Kind == PayloadKind.Text) =>
            [.. payload.Items.Select(static item => item.Text)],
        PayloadKind.Object => [.. payload.Members.Select(static member => member.Key)],
        _ => null,
    };

    private List<Task> Ask(Node node, IReadOnlyList<NodeProperty> wanted, bool isEverything)
    {
        var isRefresh = isEverything || wanted.Any(static property => property.Kind == PropertyKind.Overload);
        List<Task> asking = [];
        if (isRefresh) asking.Add(Join(node, "refresh", () => RefreshAsync(node.Id)));
        if (isEverything) return asking;
        foreach (var property in wanted)
        {
            var at = property.Endpoint;
            switch (property.Kind)
            {
                case PropertyKind.Switch when !isRefresh:
                    asking.Add(Join(node, $"switch/{at}", () => AskAsync<SwitchBinaryReport>(node.Id, at, new SwitchBinaryGet())));
                    break;
                case PropertyKind.Reading when !isRefresh:
                    asking.Add(Join(node, $"meter/{at}", () => ReadMeterAsync(node.Id, at)));
                    break;
                case PropertyKind.Parameter:
                    var number = property.ParameterNumber!.Value;
                    asking.Add(Join(node, $"parameter/{number}", () => network.GetParameterAsync(node.Id, number)));
                    break;
                case PropertyKind.Protection:
                    asking.Add(Join(node, "protection", () => AskAsync<ProtectionReport>(node.Id, EndpointIndex.Root, new ProtectionGet())));
                    break;
                case PropertyKind.NodeStatus or PropertyKind.LastSeen when !isRefresh:
                    asking.Add(Join(node, "ping", () => network.PingAsync(node.Id)));
                    break;
            }
        }

        return asking;
    }

    private Task Join(Node node, string question, Func<Task> ask)
    {
        var key = (node.Id, question);
        if (_asking.TryGetValue(key, out var asking)) return asking;
        asking = RunAsync();
        if (!asking.IsCompleted) _asking[key] = asking;
        return asking;

        async Task RunAsync()
        {
            try
            {
                await ask();
            }
            finally
            {
                _asking.Remove(key);
            }
        }
    }

    private async Task AskAsync<TReport>(NodeId node, EndpointIndex endpoint, ICommand question)
        where TReport : class, ICommand
    {
        if (await network.QueryAsync<TReport>(node, endpoint, question) is null) throw Silent(node);
    }

    private async Task ReadMeterAsync(NodeId node, EndpointIndex endpoint)
    {
        if (await network.ReadMeterAsync(node, endpoint) == 0) throw Silent(node);
    }

    private async Task RefreshAsync(NodeId node)
    {
        if (!await network.RefreshAsync(node)) throw new ZWaveException(ZWaveErrorCode.NodeNoAck, $"node {node} does not answer") { Node = node };
    }

    private static ZWaveException Silent(NodeId node) => new(ZWaveErrorCode.NodeTimeout, $"node {node} does not answer the question") { Node = node };
}
