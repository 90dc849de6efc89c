using Bridge.Options;
using Bridge.Properties;
using Bridge.ZWave.Network;

namespace Bridge.Publishing;

/// <summary>The state object of one node: which keys in which order, their texts made once. Belongs to the network's loop.</summary>
internal sealed class StateLayout
{
    private readonly (NodeProperty Property, byte[] Key)[] _members;

    public StateLayout(NodeProperties properties)
    {
        Properties = properties;
        var writer = new StateWriter();
        _members = [.. properties.All.Where(static property => property.IsState).Select(property => (property, Key(writer, property.Name)))];
        HasSubstance = _members.Any(static member => member.Property.Kind is not (PropertyKind.NodeStatus or PropertyKind.LastSeen));
    }

    public NodeProperties Properties { get; }

    /// <summary>False: it could tell of the node only that it is there.</summary>
    public bool HasSubstance { get; }

    /// <summary>Writes the whole object, unknown values as null.</summary>
    /// <returns>Where the time of the last frame stands in it, which alone is no news.</returns>
    public Range Write(StateWriter writer, INetworkView view, Node node, LastSeenMode lastSeen)
    {
        writer.Clear();
        var seen = 0..0;
        for (var index = 0; index < _members.Length; index++)
        {
            var (property, key) = _members[index];
            writer.Raw(index == 0 ? "{"u8 : ","u8);
            writer.Raw(key);
            var start = writer.Length;
            if (property.Kind == PropertyKind.LastSeen)
            {
                writer.Write(lastSeen == LastSeenMode.Off ? null : node.LastSeen);
                seen = start..writer.Length;
            }
            else
            {
                writer.Write(PropertyReading.Of(view, node, property));
            }
        }

        writer.Raw(_members.Length == 0 ? "{}"u8 : "}"u8);
        return seen;
    }

    private static byte[] Key(StateWriter writer, string name)
    {
        writer.Clear();
        writer.Write(name);
        writer.Raw(":"u8);
        return writer.Written.ToArray();
    }
}
