using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>
/// Finds out which order the endpoints of a model have whose revisions differ in it: a group is on when one of its members is, so most states
/// with one relay on and one off fit a single order. What was found once is kept. Belongs to the network's loop.
/// </summary>
internal sealed class EndpointOrders(NetworkContext context)
{
    /// <summary>The order of a node's endpoints was found.</summary>
    public event Action<Node>? Observed;

    /// <summary>True while the model has several orders and nothing showed which one this node has.</summary>
    public static bool IsOpen(Node node) => node is { Device.EndpointOrders.Count: > 0, ObservedEndpointOrder: null };

    /// <summary>The only order that these states fit; null when they fit several or none, or one of them is not known.</summary>
    public static string? Evidence(DeviceDefinition device, Func<EndpointIndex, bool?> state)
    {
        string? found = null;
        var orders = device.EndpointOrders.Select(static pair => (pair.Key, pair.Value)).Prepend((DeviceDefinition.OwnEndpointOrder, device.Endpoints));
        foreach (var (name, order) in orders)
        {
            if (Fits(order, state) is not { } fits) return null;
            if (!fits) continue;
            if (found is not null) return null;
            found = name;
        }

        return found;
    }

    /// <summary>The order the stored states show, which may have been told at different times.</summary>
    public string? Evidence(Node node) => node.Device is { } device && IsOpen(node)
        ? Evidence(device, index => context.Values.Read(new(node.Id, index, SwitchBinaryCommandClass.State)).AsBoolean)
        : null;

    /// <summary>Keeps an order that two readings, one right after the other, showed.</summary>
    public void Observe(Node node, string order)
    {
        if (!IsOpen(node)) return;
        node.ObservedEndpointOrder = order;
        context.Logger.EndpointOrderObserved(node.Id.Value, order);
        Observed?.Invoke(node);
    }

    // The root is left out: a parameter may say that it stands for one relay only.
    private static bool? Fits(IReadOnlyList<EndpointDefinition> order, Func<EndpointIndex, bool?> state)
    {
        foreach (var group in order.Where(static definition => definition is { Role: EndpointRole.Group, Index: not 0 }))
        {
            if (state(new(group.Index)) is not { } isOn) return null;
            var members = group.Members.Select(member => state(new(member))).ToArray();
            if (members.Contains(null)) return null;
            if (isOn != members.Contains(true)) return false;
        }

        return true;
    }
}
