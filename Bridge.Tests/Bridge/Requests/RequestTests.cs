using System.Text;
using Bridge.Requests;
using Bridge.Tests.Commands;
using Bridge.ZWave.Network;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Requests;

/// <summary>What can be asked of the bridge, from the message to the answer.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private CommandBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await CommandBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("info", "", """{"version":"1.2.3"}""")]
    [InlineData("info", "{}", """{"version":"1.2.3"}""")]
    [InlineData("health_check", "{}", """{"uptime":12}""")]
    [InlineData("device/refresh", "4", """{"id":4,"name":"Node 4"}""")]
    [InlineData("device/interview", """{"id":"node_2"}""", """{"id":2,"name":"Node 2","interview":"complete"}""")]
    [InlineData("options", "", """{"options":{"log_level":"info","last_seen":"always"}}""")]
    [InlineData("options", """{"options":{"log_level":"DEBUG"}}""", """{"options":{"log_level":"debug","last_seen":"always"}}""")]
    [InlineData("device/options", "4",
        """{"id":4,"name":"Node 4","options":{"area":null,"endpoint_order":null,"maximum_power":4600,"meter_filter":true,"poll_interval":null}}""")]
    public async Task A_request_is_answered_with_its_data(string what, string payload, string data)
    {
        var answer = await RequestAsync(what, payload);
        Assert.Equal($$"""{"status":"ok","data":{{data}}}""", Compact(answer));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("\"node_4\"")]
    [InlineData("node_4")]
    [InlineData("heater")]
    [InlineData("""{"id":4}""")]
    [InlineData("""{"id":"4"}""")]
    [InlineData("""{"id":"Heater"}""")]
    public async Task A_node_is_meant_by_number_name_topic_or_alias(string payload)
    {
        Assert.Null(_bench.Directory.TryReplace(new(new(4), "heater") { Name = "Heater" }));
        var answer = await RequestAsync("device/ping", payload);
        Assert.Equal(("ok", 4, "Heater"), ((string?)answer["status"], (int)answer["data"]!["id"]!, (string?)answer["data"]!["name"]));
        Assert.InRange((int)answer["data"]!["milliseconds"]!, 0, 60_000);
    }

    [Theory]
    [InlineData("\"17\"")]
    [InlineData("17")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("null")]
    public async Task The_transaction_comes_back_as_it_was(string transaction)
    {
        Assert.EndsWith($$"""},"transaction":{{transaction}}}""", Compact(await RequestAsync("info", $$"""{"transaction":{{transaction}}}""")));
        Assert.EndsWith($$""","data":{},"transaction":{{transaction}}}""", Compact(await RequestAsync("nonsense", $$"""{"transaction":{{transaction}}}""")));
        Assert.EndsWith($$""","data":{},"transaction":{{transaction}}}""", Compact(await RequestAsync("device/ping", $$"""{"transaction":{{transaction}}}""")));
    }

    [Fact]
    public async Task The_answer_goes_to_the_response_topic_as_well()
    {
        _bench.Receive("bridge/request/info", "{}", static message => message with { ResponseTopic = "my/reply", CorrelationData = new byte[] { 1, 2 } });
        Assert.Equal(Compact(await _bench.Sink.NextAsync("zwbridge/bridge/response/info")), Compact(await _bench.Sink.NextAsync("my/reply")));
        Assert.Equal(new byte[] { 1, 2 }, Assert.Single(_bench.Sink.On("my/reply")).CorrelationData.ToArray());
    }

    [Fact]
    public async Task A_node_that_does_not_answer_the_ping_is_an_error()
    {
        _bench.Host.Plugs[2].IsDead = true;
        var answer = await RequestAsync("device/ping", "2");
        Assert.Equal(
            """{"status":"error","error":"node 2 does not answer","code":"node_no_ack","data":{"id":2,"name":"Node 2"}}""", Compact(answer));
    }

    [Fact]
    public async Task A_second_interview_of_one_node_is_refused()
    {
        _bench.Receive("bridge/request/device/interview", "2");
        _bench.Receive("bridge/request/device/interview", """{"id":2}""");
        var (one, two) = (await _bench.Sink.NextAsync("zwbridge/bridge/response/device/interview"), await _bench.Sink.NextAsync("zwbridge/bridge/response/device/interview", 2));
        Assert.Equal(("error", "not_ready", "ok"), ((string?)one["status"], (string?)one["code"], (string?)two["status"]));
    }

    [Theory]
    [InlineData("""{"id":3,"parameter":3,"size":2,"value":1500}""", """{"parameter":3,"parameter_name":"power_limit","size":2,"value":1500}""")]
    [InlineData("""{"id":3,"parameter":"power_limit","value":"No limit"}""", """{"parameter":3,"parameter_name":"power_limit","size":2,"value":0,"label":"No limit"}""")]
    [InlineData("""{"id":3,"parameter":"3"}""", """{"parameter":3,"parameter_name":"power_limit","size":2,"value":4500}""")]
    [InlineData("""{"id":3,"parameter":"parameter_10","value":"off"}""", """{"parameter":10,"parameter_name":"led","size":1,"value":0,"label":"Off"}""")]
    [InlineData("""{"id":3,"parameter":9,"value":-1}""", """{"parameter":9,"parameter_name":"relay_delay","size":1,"value":255}""")]
    public async Task A_parameter_is_configured_by_number_or_name(string payload, string data)
    {
        var answer = await RequestAsync("device/configure", payload);
        Assert.Equal($$"""{"status":"ok","data":{"id":3,"name":"Node 3",{{data[1..]}}}""", Compact(answer));
        Assert.Equal((long)answer["data"]!["value"]!, _bench.Host.Plugs[3].ReadParameter((int)answer["data"]!["parameter"]!));
    }

    [Fact]
    public async Task A_parameter_the_device_does_not_have_is_an_error_of_the_node()
    {
        var answer = await RequestAsync("device/configure", """{"id":3,"parameter":77,"value":1}""");
        Assert.Equal(("error", "node_timeout"), ((string?)answer["status"], (string?)answer["code"]));
    }

    [Fact]
    public async Task A_meter_is_reset_on_one_endpoint_or_on_all()
    {
        _bench.Host.Plugs[4].SetEnergy(1, relay: 1);
        _bench.Host.Plugs[4].SetEnergy(2, relay: 2);
        Assert.Equal("""{"id":4,"name":"Node 4","energy_2":0}""", Compact((JObject)(await RequestAsync("device/reset_meter", """{"id":4,"endpoint":2}"""))["data"]!));
        Assert.Equal((1m, 0m), (_bench.Host.Plugs[4].ReadEnergy(1).Import, _bench.Host.Plugs[4].ReadEnergy(2).Import));
        Assert.Equal("ok", (string?)(await RequestAsync("device/reset_meter", "4"))["status"]);
        Assert.Equal(0m, _bench.Host.Plugs[4].ReadEnergy(1).Import);
    }

    [Fact]
    public async Task Association_groups_are_read_from_the_device()
    {
        var all = await RequestAsync("device/associations", "2");
        Assert.Equal(("ok", 0), ((string?)all["status"], (int)all["data"]!["endpoint"]!));
        var groups = (JArray)all["data"]!["groups"]!;
        Assert.Equal([1, 2], groups.Select(static group => (int)group["group"]!));
        Assert.Equal(("Lifeline", "1.0"), ((string?)groups[0]["name"], (string?)Assert.Single(groups[0]["members"]!)));
        var one = await RequestAsync("device/associations", """{"id":2,"group":2}""");
        Assert.Equal([2], one["data"]!["groups"]!.Select(static group => (int)group["group"]!));
    }

    [Fact]
    public async Task Association_groups_are_changed_and_read_back()
    {
        var added = await RequestAsync("device/associations", """{"id":2,"group":2,"add":["3",4]}""");
        Assert.Equal(("ok", "[\"3\",\"4\"]"), ((string?)added["status"], added["data"]!["groups"]![0]!["members"]!.ToString(Formatting.None)));
        var removed = await RequestAsync("device/associations", """{"id":2,"group":2,"remove":"3"}""");
        Assert.Equal("[\"4\"]", removed["data"]!["groups"]![0]!["members"]!.ToString(Formatting.None));
    }

    [Fact]
    public async Task A_full_association_group_is_an_error_that_tells_who_is_in_it()
    {
        // the group of this plug holds one node
        var answer = await RequestAsync("device/associations", """{"id":3,"group":1,"add":["4"]}""");
        Assert.Equal(("error", "not_confirmed"), ((string?)answer["status"], (string?)answer["code"]));
        Assert.StartsWith("the device did not take 4 into group 1", (string?)answer["error"]);
        Assert.Equal("[\"1\"]", answer["data"]!["groups"]![0]!["members"]!.ToString(Formatting.None));
    }

    [Theory]
    [InlineData("""{"from":"node_4","to":"Tall heater"}""", "Tall_heater")]
    [InlineData("""{"id":4,"to":"Tall heater","topic":true}""", "Tall_heater")]
    [InlineData("""{"id":4,"to":" Tall heater ","topic":false}""", "node_4")]
    public async Task A_rename_changes_the_name_and_if_wanted_the_topic(string payload, string topic)
    {
        var answer = await RequestAsync("device/rename", payload);
        Assert.Equal($$"""{"id":4,"from":"Node 4","to":"Tall heater","topic":"{{topic}}"}""", Compact((JObject)answer["data"]!));
        Assert.Equal(("Tall heater", topic), (_bench.Directory.Find(new(4)).Name, _bench.Directory.Find(new(4)).Topic));
        Assert.Equal("ok", (string?)(await _bench.AskAsync($"{topic}/1/set", "ON"))["status"]);
        Assert.Equal("ok", (string?)(await _bench.AskAsync("node_4/1/set", "OFF"))["status"]);
    }

    [Fact]
    public async Task A_name_the_directory_refuses_is_refused()
    {
        Assert.Null(_bench.Directory.TryReplace(new(new(2), "lamp") { Name = "lamp" }));
        var answer = await RequestAsync("device/rename", """{"id":4,"to":"lamp"}""");
        Assert.Equal("the topic \"lamp\" is in use", (string?)answer["error"]);
        Assert.Null(_bench.Directory.Find(new(4)).Name);
    }

    [Fact]
    public async Task Options_of_a_node_are_remembered_and_count_at_once()
    {
        var answer = await RequestAsync(
            "device/options",
            """{"id":4,"options":{"area":"Kitchen","endpoint_order":"both-relay1-relay2","maximum_power":2300,"meter_filter":false,"poll_interval":0}}""");
        Assert.Equal(
            """{"area":"Kitchen","endpoint_order":"both-relay1-relay2","maximum_power":2300,"meter_filter":false,"poll_interval":0}""",
            Compact((JObject)answer["data"]!["options"]!));
        var wanted = new NodeSettings { EndpointOrder = "both-relay1-relay2", MaximumPowerWatts = 2300, FiltersMeters = false, PollSeconds = 0 };
        Assert.Equal(("Kitchen", wanted), (_bench.Directory.Find(new(4)).Area, _bench.Directory.Find(new(4)).Settings));
        Assert.Equal(wanted, await _bench.Host.Network.ReadAsync(static view => view.FindNode(new(4))!.Settings));
        await RequestAsync("device/options", """{"id":4,"options":{"area":null,"endpoint_order":null,"poll_interval":null}}""");
        Assert.Equal(
            (null, wanted with { EndpointOrder = null, PollSeconds = null }), (_bench.Directory.Find(new(4)).Area, _bench.Directory.Find(new(4)).Settings));
    }

    [Fact]
    public async Task A_restart_is_answered_before_it_begins_and_never_done_twice()
    {
        Assert.Equal("ok", (string?)(await RequestAsync("restart", "{}"))["status"]);
        await _bench.Sink.UntilAsync(() => _bench.Restarts == 1, "restart");
        Assert.Equal(1, _bench.PublishedBeforeRestart);
        _bench.Receive("bridge/request/restart", "{}", static message => message with { IsDuplicate = true });
        await RequestAsync("info", "");
        Assert.Equal(1, _bench.Restarts);
    }

    [Fact]
    public async Task A_retained_request_is_ignored_and_told_once()
    {
        for (var count = 0; count < 2; count++) _bench.Receive("bridge/request/restart", "{}", static message => message with { Retain = true });
        await RequestAsync("info", "");
        Assert.Equal(0, _bench.Restarts);
        Assert.Empty(_bench.Sink.On("zwbridge/bridge/response/restart"));
        var log = JObject.Parse(Encoding.UTF8.GetString(Assert.Single(_bench.Sink.On("zwbridge/bridge/logging")).Payload.Span));
        Assert.Equal("warning", (string?)log["level"]);
    }

    [Fact]
    public async Task What_is_told_of_a_request_does_not_repeat_it_for_it_may_hold_a_pin()
    {
        _bench.Receive("bridge/request/inclusion/dsk", "12345", static message => message with { Retain = true });
        _bench.Receive("bridge/request/inclusion/dsk", "12345", static message => message with { ResponseTopic = "zwbridge/x" });
        await RequestAsync("info", "");
        var told = _bench.Sink.On("zwbridge/bridge/logging").Select(static message => Encoding.UTF8.GetString(message.Payload.Span)).ToArray();
        Assert.Equal(2, told.Length);
        Assert.All(told, static log => Assert.DoesNotContain("12345", log, StringComparison.Ordinal));
        Assert.All(told, static log => Assert.Equal("zwbridge/bridge/request/inclusion/dsk", (string?)JObject.Parse(log)["topic"]));
    }

    [Fact]
    public async Task Without_the_stick_nodes_are_not_asked_but_named()
    {
        _bench.Host.IsPlugged = false;
        await _bench.Host.Probe.UntilAsync(() => _bench.Host.Probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        Assert.Equal("error", (string?)(await RequestAsync("device/ping", "2"))["status"]);
        Assert.Equal("ok", (string?)(await RequestAsync("device/rename", """{"id":2,"to":"Lamp"}"""))["status"]);
    }

    [Fact]
    public void The_table_is_sorted_and_has_no_name_twice()
    {
        var names = RequestTable.Create(_bench.Context).Select(static request => request.What).ToArray();
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
    }

    private Task<JObject> RequestAsync(string what, string payload)
    {
        var topic = $"zwbridge/bridge/response/{what}";
        var before = _bench.Sink.On(topic).Count;
        _bench.Receive($"bridge/request/{what}", payload);
        return _bench.Sink.NextAsync(topic, before + 1);
    }

    private static string Compact(JObject json) => json.ToString(Formatting.None);
}
