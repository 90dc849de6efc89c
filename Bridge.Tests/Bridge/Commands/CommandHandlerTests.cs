using System.Text;
using Bridge.Mqtt;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Commands;

/// <summary>Set and get topics, from the message to the plug and back to the answer.</summary>
public sealed class CommandHandlerTests : IAsyncLifetime
{
    private const string Logging = "zwbridge/bridge/logging";

    private CommandBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await CommandBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("node_2/set", "ON", 2, 1, """{"state":"ON"}""")]
    [InlineData("2/set", "true", 2, 1, """{"state":"ON"}""")]
    [InlineData("node_3/set/state", """{"state":1}""", 3, 1, """{"state":"ON"}""")]
    [InlineData("node_4/2/set", "on", 4, 2, """{"state_2":"ON"}""")]
    [InlineData("node_4/set", """{"state_1":"ON","state_2":"OFF"}""", 4, 1, """{"state_1":"ON","state_2":"OFF"}""")]
    public async Task A_relay_switches_and_the_answer_tells_the_confirmed_state(string topic, string payload, ushort node, int relay, string data)
    {
        var answer = await _bench.AskAsync(topic, payload);
        Assert.Equal($$"""{"status":"ok","data":{{data}}}""", Compact(answer));
        Assert.True(_bench.Host.Plugs[node].IsOn(relay));
        Assert.Empty(_bench.Sink.On(Logging));
    }

    [Fact]
    public async Task The_answer_carries_the_correlation_data_and_says_what_it_is()
    {
        byte[] correlation = [0, 255, 7];
        _bench.Receive("node_2/set", "ON", message => message with { ResponseTopic = "my/reply", CorrelationData = correlation });
        await _bench.Sink.NextAsync("my/reply");
        var reply = Assert.Single(_bench.Sink.On("my/reply"));
        Assert.Equal(correlation, reply.CorrelationData.ToArray());
        Assert.Equal(("application/json", true, false), (reply.ContentType, reply.IsText, reply.Retain));
    }

    [Fact]
    public async Task Numbers_of_an_answer_have_the_form_they_have_in_the_state_object()
    {
        // two decimals of the meter, all zero
        _bench.Receive("node_4/1/set/reset_meter", "PRESS", static message => message with { ResponseTopic = "my/reply" });
        await _bench.Sink.NextAsync("my/reply");
        Assert.Equal(
            """{"status":"ok","data":{"energy_1":0}}""", Encoding.UTF8.GetString(Assert.Single(_bench.Sink.On("my/reply")).Payload.Span));
    }

    [Fact]
    public async Task Toggle_is_the_opposite_of_what_is_known()
    {
        Assert.Equal("ON", (string?)(await _bench.AskAsync("node_2/set", "TOGGLE"))["data"]!["state"]);
        Assert.Equal("OFF", (string?)(await _bench.AskAsync("node_2/set", "toggle"))["data"]!["state"]);
    }

    [Fact]
    public async Task Two_toggles_in_a_row_are_none()
    {
        var first = _bench.AskAsync("node_2/set", "TOGGLE");
        var second = await _bench.AskAsync("node_2/set", "TOGGLE");
        await first;
        Assert.Equal("OFF", (string?)second["data"]!["state"]);
        Assert.False(_bench.Host.Plugs[2].IsOn());
    }

    [Fact]
    public async Task Toggle_of_an_unknown_state_asks_the_node_first()
    {
        _bench.Host.Plugs[3].PressButton();
        await _bench.Host.Network.ReadAsync(static view =>
        {
            view.Values.RemoveNode(new(3));
            return true;
        });
        var answer = await _bench.AskAsync("node_3/set", "TOGGLE");
        Assert.Equal("""{"status":"ok","data":{"state":"OFF"}}""", Compact(answer));
        Assert.False(_bench.Host.Plugs[3].IsOn());
    }

    [Fact]
    public async Task The_newest_of_several_commands_wins_and_the_older_ones_are_told_so()
    {
        List<Task<JObject>> older = [];
        for (var count = 0; count < 10; count++) older.Add(_bench.AskAsync("node_3/set", count % 2 == 0 ? "ON" : "OFF"));
        var last = await _bench.AskAsync("node_3/set", "ON");
        Assert.Equal("""{"status":"ok","data":{"state":"ON"}}""", Compact(last));
        Assert.True(_bench.Host.Plugs[3].IsOn());
        var superseded = 0;
        foreach (var answer in older)
        {
            if ((string?)(await answer)["code"] == "superseded") superseded++;
        }

        Assert.InRange(superseded, 5, 10);
        Assert.Empty(_bench.Sink.On(Logging));
    }

    [Fact]
    public async Task Commands_for_one_node_reach_it_in_their_order()
    {
        var first = _bench.AskAsync("node_4/set", """{"state_1":"ON","state_2":"ON"}""");
        var second = _bench.AskAsync("node_4/set", "OFF");
        var third = _bench.AskAsync("node_4/1/set", "ON");
        await Task.WhenAll(first, second, third);
        Assert.Equal("""{"status":"ok","data":{"state_1":"ON"}}""", Compact(await third));
        Assert.Equal((true, false), (_bench.Host.Plugs[4].IsOn(1), _bench.Host.Plugs[4].IsOn(2)));
    }

    [Fact]
    public async Task Both_off_and_then_one_on_in_one_message_is_both_done()
    {
        await _bench.AskAsync("node_4/set", "ON");
        var answer = await _bench.AskAsync("node_4/set", "{\"state_3\":\"OFF\",\"state_1\":\"ON\"}");
        Assert.Equal("ok", (string?)answer["status"]);
        Assert.Equal("ON", (string?)answer["data"]!["state_1"]);
        Assert.Equal((true, false), (_bench.Host.Plugs[4].IsOn(1), _bench.Host.Plugs[4].IsOn(2)));
    }

    [Theory]
    [InlineData("node_3/set/power_limit", "2000", """{"power_limit":2000}""", 3, 3, 2000)]
    [InlineData("node_3/set", """{"power_limit":"No limit"}""", """{"power_limit":0}""", 3, 3, 0)]
    [InlineData("node_3/set/relay_delay", "-1", """{"relay_delay":255}""", 3, 9, 255)]
    [InlineData("node_3/set/led", "on when relay is off", """{"led":"On when relay is off"}""", 3, 10, 2)]
    [InlineData("node_2/set/led_indicator", "3", """{"led_indicator":"Always on"}""", 2, 1, 3)]
    [InlineData("node_2/set/parameter_2", "65535", """{"auto_off_timer":65535}""", 2, 2, 65535)]
    public async Task A_parameter_is_written_and_read_back(string topic, string payload, string data, ushort node, int number, long value)
    {
        Assert.Equal($$"""{"status":"ok","data":{{data}}}""", Compact(await _bench.AskAsync(topic, payload)));
        Assert.Equal(value, _bench.Host.Plugs[node].ReadParameter(number));
    }

    [Fact]
    public async Task Protection_is_set_by_its_label_and_shown_by_it()
    {
        var label = await _bench.AskAsync("node_3/set/protection", "2");
        var shown = (string?)label["data"]!["protection"];
        Assert.False(string.IsNullOrEmpty(shown));
        Assert.Equal(shown, (string?)(await _bench.AskAsync("node_3/set/protection", shown!.ToUpperInvariant()))["data"]!["protection"]);
    }

    [Fact]
    public async Task A_meter_reset_answers_with_the_new_reading()
    {
        _bench.Host.Plugs[3].SetEnergy(12.5m);
        var answer = await _bench.AskAsync("node_3/set/reset_meter", "PRESS");
        Assert.Equal("ok", (string?)answer["status"]);
        Assert.Equal(0m, (decimal)answer["data"]!["energy"]!);
        Assert.Equal(0m, _bench.Host.Plugs[3].ReadEnergy().Import);
    }

    [Fact]
    public async Task A_meter_reset_of_a_node_with_endpoints_resets_each_and_reads_their_sum()
    {
        var answer = await _bench.AskAsync("node_4/set", """{"reset_meter":"PRESS"}""");
        Assert.Equal("""{"energy_1":0,"energy_2":0,"energy_3":0}""", Compact((JObject)answer["data"]!));
        Assert.Equal((0m, 0m), (_bench.Host.Plugs[4].ReadEnergy(1).Import, _bench.Host.Plugs[4].ReadEnergy(2).Import));
    }

    [Theory]
    [InlineData("node_2/set/identify", """{"identify":true}""")]
    [InlineData("node_2/set/ping", """{"ping":true}""")]
    [InlineData("node_3/set/reset_configuration", """{"reset_configuration":true}""")]
    public async Task Actions_answer_when_they_are_done(string topic, string data) =>
        Assert.Equal($$"""{"status":"ok","data":{{data}}}""", Compact(await _bench.AskAsync(topic, "PRESS")));

    [Theory]
    [InlineData('x', 5000, "\"state\" cannot be \"xxxxxxxxxx")]
    [InlineData('x', 20_000, "the payload has 20000 bytes; at most 16384 are taken")]
    public async Task A_payload_in_the_log_is_cut(char character, int length, string message)
    {
        _bench.Receive("node_2/set", new string(character, length));
        var log = await _bench.Sink.NextAsync(Logging);
        Assert.Equal(new string(character, 200), (string?)log["payload"]);
        Assert.StartsWith(message, (string?)log["message"]);
        Assert.InRange(((string)log["message"]!).Length, 1, 200);
    }

    [Fact]
    public async Task A_payload_that_is_no_text_is_shown_as_far_as_it_can_be()
    {
        _bench.Receive("node_2/set", [0xFF, (byte)'O', (byte)'N']);
        var log = await _bench.Sink.NextAsync(Logging);
        Assert.Equal(("the payload is no UTF-8 text", "\uFFFDON"), ((string?)log["message"], (string?)log["payload"]));
    }

    [Fact]
    public async Task A_retained_command_is_ignored_and_told_once()
    {
        for (var count = 0; count < 3; count++) _bench.Receive("node_2/set", "ON", static message => message with { Retain = true });
        Assert.Equal("OFF", (string?)(await _bench.AskAsync("node_2/get", "state"))["data"]!["state"]);
        var log = JObject.Parse(Encoding.UTF8.GetString(Assert.Single(_bench.Sink.On(Logging)).Payload.Span));
        Assert.Equal(
            ("warning", "ignored a retained command on zwbridge/node_2/set; clear it: mosquitto_pub -r -n -t 'zwbridge/node_2/set'"),
            ((string?)log["level"], (string?)log["message"]));
    }

    [Fact]
    public async Task An_empty_payload_is_ignored_without_a_word()
    {
        _bench.Receive("node_2/set", "", static message => message with { ResponseTopic = "reply" });
        _bench.Receive("nowhere/set", " \n");
        await _bench.AskAsync("node_2/get", "state");
        Assert.Empty(_bench.Sink.On(Logging));
        Assert.Empty(_bench.Sink.On("reply"));
    }

    [Fact]
    public async Task A_message_that_the_broker_sends_once_more_is_carried_out_once()
    {
        _bench.Receive("node_2/set", "TOGGLE");
        _bench.Receive("node_2/set", "TOGGLE", static message => message with { IsDuplicate = true });
        Assert.Equal("ON", (string?)(await _bench.AskAsync("node_2/get", "state"))["data"]!["state"]);
    }

    [Fact]
    public async Task A_toggle_sent_once_more_is_dropped_even_when_the_first_was_not_seen()
    {
        var answer = await _bench.AskAsync("node_2/set", "TOGGLE", static message => message with { IsDuplicate = true });
        Assert.Equal("dropped a TOGGLE that was sent once more: the first one may have been carried out", (string?)answer["error"]);
        Assert.Equal("ok", (string?)(await _bench.AskAsync("node_2/set", "ON", static message => message with { IsDuplicate = true }))["status"]);
    }

    [Fact]
    public async Task An_expired_command_is_not_carried_out()
    {
        var answer = await _bench.AskAsync("node_2/set", "ON", static message => message with { ExpirySeconds = 0 });
        Assert.Equal(("expired", "the message expired before it could be sent"), ((string?)answer["code"], (string?)answer["error"]));
        Assert.False(_bench.Host.Plugs[2].IsOn());
        Assert.Equal("ok", (string?)(await _bench.AskAsync("node_2/set", "ON", static message => message with { ExpirySeconds = uint.MaxValue }))["status"]);
    }

    [Fact]
    public async Task Without_the_stick_every_command_is_refused_at_once_and_none_is_carried_out_later()
    {
        _bench.Host.IsPlugged = false;
        await _bench.Host.Probe.UntilAsync(() => _bench.Host.Probe.Statuses.Contains(ControllerStatus.Unplugged), "unplugged");
        var answer = await _bench.AskAsync("node_2/set", "ON");
        Assert.Equal("error", (string?)answer["status"]);
        Assert.Contains((string?)answer["code"], new[] { "unplugged", "not_ready" });
        Assert.Equal("error", (string?)(await _bench.AskAsync("node_2/get", ""))["status"]);
        _bench.Host.IsPlugged = true;
        await _bench.Host.Probe.UntilReadyAsync(times: 2);
        Assert.Equal("OFF", (string?)(await _bench.AskAsync("node_2/get", "state"))["data"]!["state"]);
        Assert.Equal("ok", (string?)(await _bench.AskAsync("node_2/set", "ON"))["status"]);
    }

    [Fact]
    public async Task A_dead_node_is_tried_and_the_failure_told()
    {
        _bench.Host.Plugs[2].IsDead = true;
        var answer = await _bench.AskAsync("node_2/set", "ON");
        Assert.Equal(
            ("node_no_ack", "node 2 does not answer: out of reach, without power or asleep"), ((string?)answer["code"], (string?)answer["error"]));
        Assert.Single(_bench.Sink.On(Logging));
    }

    [Fact]
    public async Task Half_a_success_tells_both_halves()
    {
        _bench.Host.Faults.FailTransmissions(global::Bridge.ZWave.Serial.TransmitStatus.NoAcknowledgement, times: 3, node: new NodeId(4));
        var answer = await _bench.AskAsync("node_4/set", """{"state_1":"ON","state_2":"ON"}""");
        Assert.Equal("error", (string?)answer["status"]);
        Assert.Equal("\"state_1\": node 4 does not answer: out of reach, without power or asleep", (string?)answer["error"]);
        Assert.Equal("""{"state_2":"ON"}""", Compact((JObject)answer["data"]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/+/b")]
    [InlineData("a/#")]
    [InlineData("$SYS/x")]
    [InlineData("zwbridge")]
    [InlineData("zwbridge/node_2/set")]
    [InlineData("zwbridge/bridge/request/restart")]
    [InlineData("zwbridge/bridge/state")]
    [InlineData("a\0b")]
    public async Task An_answer_never_goes_where_it_could_do_harm(string responseTopic)
    {
        _bench.Receive("node_2/set", "ON", message => message with { ResponseTopic = responseTopic });
        var log = await _bench.Sink.NextAsync(Logging);
        Assert.StartsWith("no answer was sent: the response topic ", (string?)log["message"]);
        Assert.True(_bench.Host.Plugs[2].IsOn());
        Assert.All(_bench.Sink.All, static message => Assert.Equal(Logging, message.Topic));
    }

    [Theory]
    [InlineData("power", """{"power":35.0}""")]
    [InlineData("\"power\"", """{"power":35.0}""")]
    [InlineData("""{"power":""}""", """{"power":35.0}""")]
    [InlineData("""["power","state"]""", """{"power":35.0,"state":"ON"}""")]
    public async Task Get_asks_the_node_again(string payload, string data)
    {
        await _bench.AskAsync("node_2/set", "ON");
        _bench.Host.Plugs[2].SetLoad(35);
        _bench.Host.Faults.LoseReports(0);
        var answer = await _bench.AskAsync("node_2/get", payload);
        Assert.Equal("ok", (string?)answer["status"]);
        var expected = JObject.Parse(data);
        var told = (JObject)answer["data"]!;
        Assert.Equal(expected.Properties().Select(static property => property.Name), told.Properties().Select(static property => property.Name));
        Assert.InRange((decimal)told["power"]!, 34.5m, 35.5m);
    }

    [Fact]
    public async Task Get_of_everything_reads_relays_and_meters_again()
    {
        _bench.Host.Faults.LoseReports(1);
        _bench.Host.Plugs[4].PressButton(1);
        var answer = await _bench.AskAsync("node_4/get", "");
        Assert.Equal(("ok", "ON", "OFF"), ((string?)answer["status"], (string?)answer["data"]!["state_1"], (string?)answer["data"]!["state_2"]));
        Assert.NotNull(answer["data"]!["switch_mode"]);
    }

    [Fact]
    public async Task Get_without_endpoint_means_all_endpoints() => Assert.Equal(
        ["state_1", "state_2", "state_3"], ((JObject)(await _bench.AskAsync("node_4/get", "state"))["data"]!).Properties().Select(static property => property.Name));

    [Fact]
    public async Task Get_of_a_parameter_a_protection_and_the_node_status_asks_for_each()
    {
        var answer = await _bench.AskAsync("node_3/get", """["led","protection","node_status"]""");
        Assert.Equal("ok", (string?)answer["status"]);
        Assert.Equal(("On when relay is on", "alive"), ((string?)answer["data"]!["led"], (string?)answer["data"]!["node_status"]));
    }

    [Fact]
    public async Task Getting_many_times_at_once_does_not_ask_many_times()
    {
        var before = _bench.Host.Probe.Commands.Count(static received => received.Command is SwitchBinaryReport);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _bench.AskAsync("node_2/get", "state")));
        Assert.All(answers, static answer => Assert.Equal("ok", (string?)answer["status"]));
        Assert.InRange(_bench.Host.Probe.Commands.Count(static received => received.Command is SwitchBinaryReport) - before, 1, 10);
    }

    [Fact]
    public async Task More_than_a_node_can_take_is_refused_at_once()
    {
        _bench.Host.Faults.HoldCallbacks();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => _bench.AskAsync("node_3/set/ping", $"press {number}")));
        Assert.Contains(answers, static answer => (string?)answer["code"] == "queue_full");
        Assert.Contains(answers, static answer => (string?)answer["status"] == "ok");
        Assert.Equal(0, _bench.Commands.MessagesUnderWay);
    }

    private static string Compact(JObject json) => json.ToString(Formatting.None);
}
