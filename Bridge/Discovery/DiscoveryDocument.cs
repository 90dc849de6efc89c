using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Discovery;

/// <summary>One entity of a document.</summary>
/// <param name="Id">Unique in the document.</param>
/// <param name="Platform">"sensor".</param>
/// <param name="Payload">Its own keys; never changed.</param>
public sealed record DiscoveryComponent(string Id, string Platform, JObject Payload);

/// <summary>Everything announced of one device. Immutable.</summary>
/// <param name="DeviceId">"zw_e1a2b3c4_2".</param>
/// <param name="Root">What all components share; never changed.</param>
/// <param name="Components">In the order they are shown.</param>
public sealed record DiscoveryDocument(string DeviceId, JObject Root, IReadOnlyList<DiscoveryComponent> Components)
{
    private const string ComponentsKey = "components";
    private const string PlatformKey = "platform";

    /// <summary>The topic of the device form.</summary>
    public static string DeviceTopic(string prefix, string deviceId) => $"{prefix}/device/{deviceId}/config";

    /// <summary>One message for the whole device.</summary>
    /// <param name="prefix">First level of the topic.</param>
    /// <param name="gone">Components (id and platform) the reader knows and has to forget.</param>
    public (string Topic, string Payload) DeviceMessage(string prefix, IReadOnlyDictionary<string, string> gone)
    {
        ArgumentNullException.ThrowIfNull(gone);
        JObject components = [];
        foreach (var component in Components)
        {
            JObject payload = new(new JProperty(PlatformKey, component.Platform));
            foreach (var (key, value) in component.Payload) payload[key] = value!.DeepClone();
            components.Add(component.Id, payload);
        }

        foreach (var (id, platform) in gone) components.Add(id, new JObject(new JProperty(PlatformKey, platform)));
        var root = (JObject)Root.DeepClone();
        root.Add(ComponentsKey, components);
        return (DeviceTopic(prefix, DeviceId), root.ToString(Formatting.None));
    }

    /// <summary>One message for each component, with everything it shares with the others in it.</summary>
    public IEnumerable<(string Topic, string Payload)> SingleMessages(string prefix)
    {
        foreach (var component in Components)
        {
            var payload = (JObject)component.Payload.DeepClone();
            foreach (var (key, value) in Root)
            {
                if (!payload.ContainsKey(key)) payload.Add(key, value!.DeepClone());
            }

            yield return ($"{prefix}/{component.Platform}/{DeviceId}/{component.Id}/config", payload.ToString(Formatting.None));
        }
    }
}
