using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>What can be done with a device beside switching, measuring and single parameters. Belongs to the network's loop.</summary>
internal sealed class DeviceControl(NetworkContext context, CommandExchange exchange, ConfigurationControl configuration)
{
    public async Task<long> SetProtectionAsync(Node node, long localState, CancellationToken cancellationToken)
    {
        if (!node.Root.Supports(ProtectionCommandClass.Id)) throw Error(ZWaveErrorCode.NotSupported, node, "has no protection");
        var id = new ValueId(node.Id, EndpointIndex.Root, ProtectionCommandClass.LocalState);
        // Version 2 tells its states; version 1 has three.
        long[] states = context.Values.Read(id with { Property = ProtectionCommandClass.SupportedLocalStates }).AsNumbers is { Length: > 0 } told
            ? [.. told.Select(static state => (long)state)]
            : context.Values.Find(id)?.Metadata?.States?.Keys.Order().ToArray() ?? [0, 1, 2];
        if (!states.Contains(localState))
        {
            throw Error(ZWaveErrorCode.InvalidArgument, node, $"protection cannot be {localState}; allowed are {string.Join(", ", states)}");
        }

        var set = new ProtectionSet((byte)localState, await RadioProtectionAsync(node, cancellationToken));
        var result = await exchange.SetAsync(node, EndpointIndex.Root, set, SendPriority.User, cancellationToken, "protection");
        if (result == SetResult.Superseded) throw Error(ZWaveErrorCode.Superseded, node, "protection: a newer command took its place");

        if (result == SetResult.Refused) throw Error(ZWaveErrorCode.NodeRefused, node, $"refused protection {localState}");
        var report = await exchange.QueryAsync<ProtectionReport>(node, EndpointIndex.Root, new ProtectionGet(), SendPriority.Confirmation, cancellationToken)
            ?? throw Error(ZWaveErrorCode.NotConfirmed, node, "took the protection but does not tell it");
        return report.LocalState == localState
            ? localState
            : throw Error(ZWaveErrorCode.NotConfirmed, node, $"protection: asked for {localState}, the device says {report.LocalState}");
    }

    public async Task<bool> IdentifyAsync(Node node, EndpointIndex endpointIndex, CancellationToken cancellationToken)
    {
        var endpoint = node.FindEndpoint(endpointIndex) ?? throw Error(ZWaveErrorCode.InvalidArgument, node, $"has no endpoint {endpointIndex}");
        if (!endpoint.Supports(IndicatorCommandClass.Id)) throw Error(ZWaveErrorCode.NotSupported, node, "cannot show itself");
        if (await exchange.SetAsync(node, endpointIndex, IndicatorSet.Identify(), SendPriority.User, cancellationToken) == SetResult.Refused)
        {
            throw Error(ZWaveErrorCode.NodeRefused, node, "refused to show itself");
        }

        return true;
    }

    public async Task<bool> ResetConfigurationAsync(Node node, CancellationToken cancellationToken)
    {
        if (node.Device?.Quirks.ConfigurationReset is { } quirk) await ResetByParameterAsync(node, quirk, cancellationToken);
        else await ResetByCommandAsync(node, cancellationToken);
        await configuration.ReadAllAsync(node, cancellationToken);
        return true;
    }

    // Version 2 sets both at once: the one for the radio stays as it is, as far as the device tells it.
    private async Task<byte?> RadioProtectionAsync(Node node, CancellationToken cancellationToken)
    {
        if (node.Root.VersionOf(ProtectionCommandClass.Id) < 2) return null;
        var id = new ValueId(node.Id, EndpointIndex.Root, ProtectionCommandClass.RfState);
        if (context.Values.Read(id).AsInteger is { } known) return (byte)known;
        var report = await exchange.QueryAsync<ProtectionReport>(node, EndpointIndex.Root, new ProtectionGet(), SendPriority.User, cancellationToken);
        return report?.RfState ?? 0;
    }

    private async Task ResetByCommandAsync(Node node, CancellationToken cancellationToken)
    {
        if (!node.Root.Supports(ConfigurationCommandClass.Id) || node.Root.VersionOf(ConfigurationCommandClass.Id) < 4)
        {
            throw Error(ZWaveErrorCode.NotSupported, node, "cannot reset its configuration");
        }

        var result = await exchange.SetAsync(node, EndpointIndex.Root, new ConfigurationDefaultReset(), SendPriority.User, cancellationToken);
        if (result == SetResult.Refused) throw Error(ZWaveErrorCode.NodeRefused, node, "refused to reset its configuration");
    }

    // Which of the parameters exists depends on the revision: the one that says "factory" afterwards was it.
    private async Task ResetByParameterAsync(Node node, Devices.ConfigurationReset quirk, CancellationToken cancellationToken)
    {
        foreach (var number in quirk.Parameters)
        {
            var set = new ConfigurationSet((byte)number, Default: false, node.Device!.FindParameter(number)?.Size ?? 1, (int)quirk.Value);
            await exchange.SetAsync(node, EndpointIndex.Root, set, SendPriority.User, cancellationToken);
            var report = await exchange.QueryAsync<ConfigurationReport>(
                node, EndpointIndex.Root, new ConfigurationGet((byte)number), SendPriority.Confirmation, cancellationToken,
                told => told.ParameterNumber == number);
            if (report?.ValueUnsigned == quirk.ReadsWhenFactory) return;
        }

        throw Error(ZWaveErrorCode.NotConfirmed, node, "was told to reset its configuration and does not say that it did");
    }

    private static ZWaveException Error(ZWaveErrorCode code, Node node, string reason) => new(code, $"node {node.Id} {reason}") { Node = node.Id };
}
