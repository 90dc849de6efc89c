using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>A member of an association group: a node ("4"), or an endpoint of a node ("4.1"; "4.0" is the root device, addressed as an endpoint).</summary>
/// <param name="Node">The node, 1..232.</param>
/// <param name="Endpoint">Its endpoint 0..127; null: the node, without an endpoint.</param>
public readonly record struct AssociationMember(NodeId Node, EndpointIndex? Endpoint = null)
{
    private const byte LastEndpoint = 127;

    /// <summary>Reads "4" or "4.1"; false for everything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AssociationMember member)
    {
        member = default;
        var parts = (text ?? string.Empty).Split('.');
        if (parts.Length is 0 or > 2 || !TryReadNumber(parts[0], out var node) || !new NodeId(node).IsClassic) return false;
        if (parts.Length == 1)
        {
            member = new(new(node));
            return true;
        }

        if (!TryReadNumber(parts[1], out var endpoint) || endpoint > LastEndpoint) return false;
        member = new(new(node), new((byte)endpoint));
        return true;
    }

    public override string ToString() => Endpoint is { } endpoint ? $"{Node}.{endpoint}" : Node.ToString();

    private static bool TryReadNumber(string text, out ushort number) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>An association group as the device tells it.</summary>
/// <param name="Number">From 1 on; 1 is usually the lifeline.</param>
/// <param name="Name">What the maker calls it; null where the device does not tell.</param>
/// <param name="MaximumMembers">How many fit in; null where the device does not tell.</param>
/// <param name="Members">Who is in it.</param>
public sealed record AssociationGroup(int Number, string? Name, int? MaximumMembers, IReadOnlyList<AssociationMember> Members);
