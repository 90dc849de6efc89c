using System.Globalization;
using Bridge.Properties;
using Bridge.ZWave.Wire;

namespace Bridge.Commands;

/// <summary>Finds the properties a topic level or a key of an object means.</summary>
/// <param name="properties">Everything the node has.</param>
/// <param name="endpoint">The topic names an endpoint: only what is there counts. Null: the whole node.</param>
internal sealed class PropertyLookup(NodeProperties properties, EndpointIndex? endpoint)
{
    private const string NumberedPrefix = "parameter_";
    private const int MaximumNames = 64;

    /// <summary>The endpoint of a topic; the fault when the node has nothing there.</summary>
    public static CommandFault? TryReadEndpoint(string text, NodeProperties properties, out EndpointIndex endpoint)
    {
        endpoint = EndpointIndex.Root;
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            endpoint = new(number);
            foreach (var property in properties.All)
            {
                if (property.Endpoint.Value == number) return null;
            }
        }

        var known = properties.All.Select(static property => property.Endpoint).Where(static index => !index.IsRoot).Distinct().Order().ToArray();
        return new(text, null, known.Length == 0
            ? "is no endpoint of this node: it has none"
            : $"is no endpoint of this node; it has {string.Join(", ", known)}");
    }

    /// <summary>
    /// By name ("state_2"), by number of the parameter ("parameter_3"), or without the endpoint's number ("state": as many as there are).
    /// Case counts.
    /// </summary>
    public IReadOnlyList<NodeProperty> Find(string key)
    {
        if (endpoint is { } at)
        {
            if (properties.Find(key, at) is { } there) return [there];
            return properties.Find(key) is { } named && named.Endpoint == at ? [named] : at.IsRoot ? Numbered(key) : [];
        }

        if (properties.Find(key) is { } found) return [found];
        var numbered = Numbered(key);
        return numbered.Count > 0 ? numbered : [.. properties.All.Where(property => property.Stem == key)];
    }

    /// <summary>The relay a command without a key is for.</summary>
    public IReadOnlyList<NodeProperty> Relays() =>
        [.. properties.All.Where(property => property.Kind == PropertyKind.Switch && (endpoint is null || property.Endpoint == endpoint))];

    /// <summary>What may be set here, for messages.</summary>
    public string SettableNames() => Names(static property => property is { IsSettable: true, IsHidden: false });

    /// <summary>What may be read here, for messages.</summary>
    public string StateNames() => Names(static property => property is { IsState: true, IsHidden: false });

    private string Names(Func<NodeProperty, bool> isWanted)
    {
        var names = properties.All.Where(property => isWanted(property) && (endpoint is null || property.Endpoint == endpoint))
            .Select(property => endpoint is null ? property.Name : property.Stem).ToArray();
        return names.Length == 0 ? "nothing" : string.Join(", ", names.Take(MaximumNames));
    }

    private IReadOnlyList<NodeProperty> Numbered(string key)
    {
        if (!key.StartsWith(NumberedPrefix, StringComparison.Ordinal)) return [];
        if (!int.TryParse(key.AsSpan(NumberedPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return [];
        foreach (var property in properties.All)
        {
            if (property.ParameterNumber == number) return [property];
        }

        return [];
    }
}
