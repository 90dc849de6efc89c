using System.Globalization;
using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>
/// The whole bridge with keys of its own, one plug that speaks in the clear, and others on the table that want keys. Everything is asked for and answered by
/// messages; the exchange of keys is the real one.
/// </summary>
internal sealed class SecureBench : IAsyncDisposable
{
    public const string EventTopic = "zwbridge/bridge/event";

    private SecureBench(BridgeBench bridge, NetworkKeys keys) => (Bridge, Keys) = (bridge, keys);

    public BridgeBench Bridge { get; }

    public NetworkKeys Keys { get; }

    public MqttObserver Observer => Bridge.Observer;

    /// <param name="keys">Of the network; null: new ones.</param>
    /// <param name="log">Takes every line of the log; null: nobody wants them.</param>
    public static async Task<SecureBench> StartAsync(NetworkKeys? keys = null, FullLog? log = null)
    {
        keys ??= NetworkKeys.Generate();
        var bridge = await BridgeBench.StartAsync(new()
        {
            Keys = keys,
            FullLog = log,
            Plugs = static () =>
            {
                var network = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
                network.Add(new(2), PlugFile.Read("energy-switch"));
                return network;
            },
        });
        return new(bridge, keys);
    }

    /// <summary>Puts a plug on the table that asks for these classes.</summary>
    /// <param name="privateKey">Gives it its label; empty: a new one.</param>
    public SimulatedNode Spare(SecurityClasses requested, ReadOnlyMemory<byte> privateKey = default) =>
        Bridge.Plugs.PutOnTable(SecureHost.SmartPlug(requested), privateKey);

    /// <summary>Asks for something that has to be done.</summary>
    /// <returns>The data of the answer.</returns>
    public async Task<JObject> DoAsync(string what, string payload)
    {
        var answer = await Observer.AskAsync($"zwbridge/bridge/request/{what}", payload);
        Assert.True((string?)answer["status"] == "ok", $"{what} {payload}: {answer}");
        return (JObject)answer["data"]!;
    }

    /// <summary>Lets a node join and pushes the button of this one.</summary>
    /// <returns>Where the messages about it begin.</returns>
    public async Task<int> OpenAsync(SimulatedNode plug, string request)
    {
        var since = Observer.Count;
        await DoAsync("permit_join", request);
        plug.PressInclusionButton();
        return since;
    }

    /// <summary>Includes a plug whose PIN and classes are told at once, and waits until it is interviewed.</summary>
    public async Task<int> JoinAsync(SimulatedNode plug, params SecurityClass[] granted)
    {
        var words = string.Join(',', granted.Select(static one => $"\"{SecurityClassWords.Of(one)}\""));
        var since = await OpenAsync(plug, $$"""{"time":60,"classes":[{{words}}],"pin":"{{Digits(plug.Security.Pin)}}"}""");
        await EventAsync("node_interviewed", since);
        return since;
    }

    /// <summary>A node that did not get its keys leaves when its button is pushed.</summary>
    public async Task LeaveAsync(SimulatedNode plug, int since)
    {
        await EventAsync("inclusion_button", since);
        plug.PressInclusionButton();
        await EventAsync("node_excluded", since);
    }

    /// <summary>Switches a plug, and waits for its state.</summary>
    public async Task SwitchAsync(string topic, bool isOn)
    {
        var (word, since) = (isOn ? "ON" : "OFF", Observer.Count);
        Assert.Equal("ok", (string?)(await Observer.AskAsync($"zwbridge/{topic}/set", word))["status"]);
        await Observer.UntilObjectAsync($"zwbridge/{topic}", state => (string?)state["state"] == word, since, word);
    }

    /// <summary>Waits for an event.</summary>
    public async Task<JObject> EventAsync(string type, int since) =>
        JObject.Parse((await Observer.UntilObjectAsync(EventTopic, told => (string?)told["type"] == type, since, type)).Payload);

    public IEnumerable<string?> Events(int since) =>
        Observer.Since(since, EventTopic).Select(static message => (string?)JObject.Parse(message.Payload)["type"]);

    /// <summary>Waits until a node is in the list of devices.</summary>
    public async Task<JToken> ListedAsync(int id, int since)
    {
        var list = await Observer.UntilAsync(
            "zwbridge/bridge/devices", text => JArray.Parse(text).Any(node => (int)node["id"]! == id), since, $"a list with node {id}");
        return JArray.Parse(list.Payload).Single(node => (int)node["id"]! == id);
    }

    /// <summary>No node was ever shown, and nothing of one is kept by the broker: the plug in the clear is all there is.</summary>
    public async Task AssertNoOtherNodeAsync(int since)
    {
        await Bridge.SettleAsync();
        Assert.Equal([2], Bridge.Plugs.Nodes.Select(static node => (int)node.Id.Value));
        Assert.DoesNotContain(Events(since), static type => type is "node_added" or "node_included" or "node_interviewed");
        Assert.All(
            Observer.Since(0, "zwbridge/bridge/devices"),
            static list => Assert.Equal([2], JArray.Parse(list.Payload).Select(static node => (int)node["id"]!)));
        Assert.Equal(["bridge", "node_2"], await RetainedAsync());
    }

    /// <summary>Whose topics the broker keeps: what comes after the base topic, and of discovery the node.</summary>
    public async Task<string[]> RetainedAsync()
    {
        var kept = (await MqttObserver.RetainedAsync(Bridge.Broker.Port)).Keys;
        return
        [
            .. kept.Select(topic => topic == Bridge.BridgeDiscoveryTopic ? "bridge"
                    : topic.StartsWith("zwbridge/", StringComparison.Ordinal) ? topic.Split('/')[1]
                    : "node_" + topic.Split('/')[2].Split('_')[^1])
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>How a number is printed on the label.</summary>
    public static string Digits(ushort number) => number.ToString("D5", CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => Bridge.DisposeAsync();
}
