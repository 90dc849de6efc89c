using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Inclusion;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.EndToEnd;

/// <summary>Plugs that join and leave, by messages alone.</summary>
public sealed class InclusionTests
{
    private const string Dsk = "34080-61449-35120-42836-29835-32220-46142-63322";

    [Fact]
    public async Task A_plug_joins_is_shown_switched_and_excluded_and_leaves_nothing_behind()
    {
        await using var bench = await BridgeBench.StartAsync();
        var plug = bench.Plugs.PutOnTable(PlugFile.Read("energy-switch"));
        var since = bench.Observer.Count;
        await AskAsync(bench, "permit_join", "60", """{"time":60,"strategy":"default"}""");
        await bench.Observer.UntilObjectAsync("zwbridge/bridge/info", static info => (bool)info["permit_join"]! && (string?)info["permit_join_until"] is not null, since);
        plug.PressInclusionButton();
        await EventAsync(bench, "node_interviewed", since);
        Assert.Equal(
            ["inclusion_started", "inclusion_node_found", "inclusion_node_joined", "node_included", "node_added", "node_interview_started"],
            Events(bench, since).Where(static type => type is not ("node_status" or "node_interviewed" or "backup_progress" or "backup_finished")));
        await bench.Observer.UntilObjectAsync("zwbridge/bridge/info", static info => !(bool)info["permit_join"]!, since);
        await bench.Observer.UntilAsync("zwbridge/node_5/availability", "online", since);
        await bench.Observer.UntilAsync(bench.DiscoveryTopic(5), static text => text.Length > 0, since);
        Assert.Equal("none", (await ListedAsync(bench, 5, since))["security"]);
        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/node_5/set", "ON"))["status"]);
        Assert.True(plug.IsOn());
        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"id":5,"to":"Heater"}"""))["status"]);
        await bench.Observer.UntilAsync("zwbridge/Heater", static text => text.StartsWith('{'), since);

        since = bench.Observer.Count;
        await AskAsync(bench, "remove_node", """{"time":30}""", """{"time":30}""");
        plug.PressInclusionButton();
        Assert.Equal(5, (int)(await EventAsync(bench, "node_excluded", since))["id"]!);
        await EventAsync(bench, "node_removed", since);
        await bench.Observer.UntilAsync("zwbridge/Heater", "", since);
        await bench.Observer.UntilAsync("zwbridge/Heater/availability", "", since);
        await bench.Observer.UntilAsync(bench.DiscoveryTopic(5), "", since);
        await bench.SettleAsync();
        Assert.DoesNotContain(
            (await MqttObserver.RetainedAsync(bench.Broker.Port)).Keys,
            topic => topic.Contains("Heater", StringComparison.Ordinal) || topic == bench.DiscoveryTopic(5));
        Assert.Equal("node_5", bench.Session!.Directory.Find(new(5)).Topic);
        Assert.Null(bench.Session.Directory.Find(new(5)).Name);
    }

    [Fact]
    public async Task Keys_are_granted_and_the_label_is_read_by_messages()
    {
        var keys = new FakeBootstrap { Asks = (SecurityClasses.All, "?????" + Dsk[5..]) };
        await using var bench = await StartAsync(keys);
        var plug = bench.Plugs.PutOnTable(SecurePlug);
        var since = bench.Observer.Count;
        await AskAsync(bench, "permit_join", """{"time":60,"strategy":"s2"}""", """{"time":60,"strategy":"s2"}""");
        plug.PressInclusionButton();
        var grant = await EventAsync(bench, "inclusion_grant", since);
        Assert.Equal(["S2_AccessControl", "S2_Authenticated", "S2_Unauthenticated", "S0_Legacy"], grant["requested"]!.Values<string>());
        Assert.Equal("zwbridge/bridge/request/inclusion/grant", grant["answer"]);
        Assert.Empty(Listed(bench, 5));
        await AskAsync(bench, "inclusion/grant", """{"classes":["S2_Authenticated"]}""", """{"classes":["S2_Authenticated"]}""");
        var dsk = await EventAsync(bench, "inclusion_dsk", since);
        Assert.Equal(("?????" + Dsk[5..], "zwbridge/bridge/request/inclusion/dsk", 240), ((string?)dsk["dsk"], (string?)dsk["answer"], (int)dsk["seconds"]!));
        await AskAsync(bench, "inclusion/dsk", """{"pin":"34028"}""", "{}");
        Assert.Equal("S2_Authenticated", (string?)(await EventAsync(bench, "node_included", since))["security"]);
        Assert.Equal("S2_Authenticated", (await ListedAsync(bench, 5, since))["security"]);
    }

    [Fact]
    public async Task One_message_is_enough_when_it_says_everything()
    {
        var keys = new FakeBootstrap { Asks = (SecurityClasses.All, "?????" + Dsk[5..]) };
        await using var bench = await StartAsync(keys);
        var plug = bench.Plugs.PutOnTable(SecurePlug);
        var since = bench.Observer.Count;
        await AskAsync(
            bench, "permit_join", """{"time":60,"pin":34028,"classes":["S2_Authenticated","S2_Unauthenticated"]}""", """{"time":60,"strategy":"default"}""");
        plug.PressInclusionButton();
        var told = await EventAsync(bench, "inclusion_keys", since);
        Assert.Equal(["S2_Authenticated", "S2_Unauthenticated"], told["classes"]!.Values<string>());
        Assert.DoesNotContain(Events(bench, since), static type => type is "inclusion_grant" or "inclusion_dsk");
    }

    [Fact]
    public async Task A_wrong_pin_is_told_loudly_and_leaves_no_node()
    {
        var keys = new FakeBootstrap();
        keys.Fail(KeyExchangeFailure.NotDecrypted);
        await using var bench = await StartAsync(keys);
        var plug = bench.Plugs.PutOnTable(SecurePlug);
        var since = bench.Observer.Count;
        await AskAsync(bench, "permit_join", "60", """{"time":60,"strategy":"default"}""");
        plug.PressInclusionButton();
        Assert.Equal("not_decrypted", (string?)(await EventAsync(bench, "inclusion_keys_failed", since))["code"]);
        await bench.Observer.UntilObjectAsync(
            "zwbridge/bridge/logging", static log => (string?)log["level"] == "error" && ((string?)log["message"])!.Contains("Node 5", StringComparison.Ordinal), since);
        await EventAsync(bench, "inclusion_button", since);
        plug.PressInclusionButton();
        Assert.Equal(5, (int)(await EventAsync(bench, "node_excluded", since))["id"]!);
        Assert.DoesNotContain(bench.Plugs.Nodes, static node => node.Id.Value == 5);
        await bench.SettleAsync();
        Assert.Empty(Listed(bench, 5));
        Assert.DoesNotContain(Events(bench, since), static type => type is "node_added" or "node_removed" or "node_included");
        Assert.DoesNotContain(bench.Observer.Since(since), static message => message.Topic.StartsWith("zwbridge/node_5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_plug_is_removed_by_force_and_one_that_answers_is_not()
    {
        await using var bench = await BridgeBench.StartAsync();
        var refused = await bench.Observer.AskAsync("zwbridge/bridge/request/device/remove", """{"id":4,"force":true}""");
        Assert.Equal(("error", "node_refused"), ((string?)refused["status"], (string?)refused["code"]));
        bench.Plugs[4].IsDead = true;
        var since = bench.Observer.Count;
        await AskAsync(bench, "device/remove", """{"id":"node_4","force":true}""", """{"id":4,"name":"Node 4"}""");
        Assert.False((bool)(await EventAsync(bench, "failed_node_removed", since))["was_reset"]!);
        await bench.Observer.UntilAsync("zwbridge/node_4", "", since);
        await bench.Observer.UntilAsync(bench.DiscoveryTopic(4), "", since);
        Assert.DoesNotContain(bench.Plugs.Nodes, static node => node.Id.Value == 4);
    }

    [Fact]
    public async Task A_plug_that_was_reset_by_hand_is_removed_by_itself()
    {
        await using var bench = await BridgeBench.StartAsync(new() { Inclusion = new() { Timeouts = new() { Departure = TimeSpan.FromMilliseconds(50) } } });
        var since = bench.Observer.Count;
        bench.Plugs[2].FactoryReset();
        Assert.True((bool)(await EventAsync(bench, "failed_node_removed", since))["was_reset"]!);
        await EventAsync(bench, "node_removed", since);
        await bench.Observer.UntilAsync("zwbridge/node_2", "", since);
        Assert.DoesNotContain(bench.Plugs.Nodes, static node => node.Id.Value == 2);
    }

    [Fact]
    public async Task A_new_plug_takes_number_name_and_topic_of_a_dead_one()
    {
        await using var bench = await BridgeBench.StartAsync();
        await bench.Observer.AskAsync("zwbridge/bridge/request/device/rename", """{"id":3,"to":"Heater"}""");
        await bench.Observer.UntilAsync("zwbridge/Heater", static text => text.StartsWith('{'));
        bench.Plugs[3].IsDead = true;
        var plug = bench.Plugs.PutOnTable(PlugFile.Read("energy-switch"));
        var since = bench.Observer.Count;
        await AskAsync(bench, "device/replace", "Heater", """{"id":3,"name":"Heater","time":60,"strategy":"default"}""");
        plug.PressInclusionButton();
        Assert.True((bool)(await EventAsync(bench, "node_included", since))["replacement"]!);
        await bench.Observer.UntilObjectAsync(
            "zwbridge/bridge/event", static told => (string?)told["type"] == "node_interviewed" && (string?)told["name"] == "Heater", since);
        await bench.Observer.UntilAsync("zwbridge/Heater/availability", "online", since);
        Assert.Equal("ok", (string?)(await bench.Observer.AskAsync("zwbridge/Heater/set", "ON"))["status"]);
        Assert.True(plug.IsOn());
    }

    [Fact]
    public async Task A_provisioned_plug_joins_when_it_gets_power_and_is_called_as_its_entry_says()
    {
        var keys = new FakeBootstrap { Asks = (SecurityClasses.All, "?????" + Dsk[5..]) };
        await using var bench = await StartAsync(keys);
        var since = bench.Observer.Count;
        await AskAsync(
            bench, "provisioning/add", $$"""{"dsk":"{{Dsk}}","name":"Desk lamp","classes":["S2_Authenticated"]}""",
            $$"""{"dsk":"{{Dsk}}","classes":["S2_Authenticated"],"name":"Desk lamp","state":"pending","id":null}""");
        bench.Plugs.PutOnTable(SecurePlug, WireAssert.Bytes("77 07 6D 0A 73 18 A5 7D 3C 16 C1 72 51 B2 66 45 DF 4C 2F 87 EB C0 99 2A B1 77 FB A5 1D B9 2C 2A"));
        var included = await EventAsync(bench, "node_included", since);
        Assert.Equal((5, "Desk lamp", "S2_Authenticated"), ((int)included["id"]!, (string?)included["name"], (string?)included["security"]));
        Assert.Equal("Desk_lamp", (await ListedAsync(bench, 5, since))["topic"]);
        await EventAsync(bench, "provisioning_changed", since, 2);
        await AskAsync(
            bench, "provisioning/list", "{}",
            $$"""{"entries":[{"dsk":"{{Dsk}}","classes":["S2_Authenticated"],"name":"Desk lamp","state":"included","id":5}]}""");
        await AskAsync(bench, "provisioning/remove", Dsk, $$"""{"dsk":"{{Dsk}}"}""");
    }

    [Fact]
    public async Task An_inclusion_that_the_controller_is_reset_in_ends_with_an_event_and_the_next_goes_well()
    {
        await using var bench = await BridgeBench.StartAsync();
        var plug = bench.Plugs.PutOnTable(PlugFile.Read("energy-switch"));
        var since = bench.Observer.Count;
        await AskAsync(bench, "permit_join", "60", """{"time":60,"strategy":"default"}""");
        bench.Faults.Restart();
        await EventAsync(bench, "inclusion_failed", since);
        await bench.Observer.UntilObjectAsync(
            "zwbridge/bridge/event", static told => (string?)told["type"] == "controller_status" && (string?)told["status"] == "ready", since);
        Assert.False((bool)bench.Observer.LastObject("zwbridge/bridge/info")["permit_join"]!);
        await AskAsync(bench, "permit_join", "60", """{"time":60,"strategy":"default"}""");
        plug.PressInclusionButton();
        await EventAsync(bench, "node_interviewed", since);
    }

    // A plug that lists Security 2; what it does with it is the test's.
    private static PlugDefinition SecurePlug
    {
        get
        {
            var plug = PlugFile.Read("energy-switch");
            return plug with { CommandClasses = [.. plug.CommandClasses, new(Security2CommandClass.Id, 1)] };
        }
    }

    private static Task<BridgeBench> StartAsync(FakeBootstrap keys) =>
        BridgeBench.StartAsync(new() { Inclusion = new() { Security2 = keys, Timeouts = new() { Departure = TimeSpan.FromHours(1) } } });

    private static async Task AskAsync(BridgeBench bench, string what, string payload, string data)
    {
        var answer = await bench.Observer.AskAsync($"zwbridge/bridge/request/{what}", payload);
        Assert.Equal($$"""{"status":"ok","data":{{data}}}""", answer.ToString(Newtonsoft.Json.Formatting.None));
    }

    private static async Task<JObject> EventAsync(BridgeBench bench, string type, int since, int count = 1)
    {
        await bench.Observer.UntilAsync("zwbridge/bridge/event", _ => Events(bench, since).Count(other => other == type) >= count, since, type);
        var message = bench.Observer.Since(since, "zwbridge/bridge/event").Last(message => (string?)JObject.Parse(message.Payload)["type"] == type);
        return JObject.Parse(message.Payload);
    }

    private static IEnumerable<string?> Events(BridgeBench bench, int since) =>
        bench.Observer.Since(since, "zwbridge/bridge/event").Select(static message => (string?)JObject.Parse(message.Payload)["type"]);

    private static JToken[] Listed(BridgeBench bench, int id) =>
        [.. JArray.Parse(bench.Observer.Last("zwbridge/bridge/devices")!).Where(node => (int)node["id"]! == id)];

    private static async Task<JToken> ListedAsync(BridgeBench bench, int id, int since)
    {
        await bench.Observer.UntilAsync("zwbridge/bridge/devices", text => JArray.Parse(text).Any(node => (int)node["id"]! == id), since);
        return Assert.Single(Listed(bench, id));
    }
}
