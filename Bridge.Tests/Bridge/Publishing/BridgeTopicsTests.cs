using Bridge.Mqtt;
using Bridge.Publishing;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Devices;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Publishing;

/// <summary>The topics below <c>bridge/</c>: info, devices, event, health.</summary>
public sealed class BridgeTopicsTests
{
    private static readonly NodeId s_four = new(4);

    [Fact]
    public void Info_tells_version_network_and_controller()
    {
        using var rig = new PublishingRig();
        var level = "warning";
        DateTimeOffset? until = null;
        var info = new InfoPublisher(rig.View, rig.Sink, rig.Topics, new("1.2.3", "broker:1883", "base"), () => level, () => until);
        rig.View.Status = ControllerStatus.Ready;
        info.ControllerChanged(ControllerStatus.Ready);
        var message = Assert.Single(rig.Sink.Messages);
        Assert.Equal(("base/bridge/info", true), (message.Topic, message.Retain));
        JsonAssert.Contains(
            JObject.Parse("""
            {"version":"1.2.3","home_id":"e1a2b3c4","controller":{"status":"ready","node_id":1,"library":"Z-Wave 7.18","manufacturer_id":"0x0001","nodes":0},
             "mqtt":{"broker":"broker:1883","base_topic":"base"},"log_level":"warning","permit_join":false,"restart_required":false}
            """),
            JObject.Parse(RecordingSink.Text(message)));
        rig.Sink.Take();
        level = "debug";
        info.Publish();
        Assert.Contains("\"log_level\":\"debug\"", Assert.Single(rig.Sink.Lines), StringComparison.Ordinal);
        rig.Sink.Take();
        until = new(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(1));
        info.Publish();
        Assert.Contains(
            "\"permit_join\":true,\"permit_join_until\":\"2026-01-31T12:00:00+01:00\"", Assert.Single(rig.Sink.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ControllerStatus.Starting, "starting")]
    [InlineData(ControllerStatus.Unplugged, "unplugged")]
    [InlineData(ControllerStatus.Jammed, "jammed")]
    public void Info_without_a_controller_tells_why(ControllerStatus status, string word)
    {
        using var rig = new PublishingRig();
        rig.View.Identity = null;
        rig.View.Status = status;
        new InfoPublisher(rig.View, rig.Sink, rig.Topics, new("1.2.3", null, "base"), static () => "warning", static () => null).Publish();
        var info = JObject.Parse(RecordingSink.Text(Assert.Single(rig.Sink.Messages)));
        Assert.Equal((word, JTokenType.Null, "built-in"), ((string?)info["controller"]!["status"], info["home_id"]!.Type, (string?)info["mqtt"]!["broker"]));
    }

    [Fact]
    public void Devices_tell_everything_a_flow_needs()
    {
        using var rig = new PublishingRig();
        var node = rig.Ready();
        rig.Directory.TryReplace(new(s_four, "heater") { Name = "Heater", Area = "Kitchen" });
        rig.View.Values.Restore(new(s_four, EndpointIndex.Root, ManufacturerSpecificCommandClass.ManufacturerId), Value.Of(0x8a), null);
        rig.View.Values.Restore(new(s_four, EndpointIndex.Root, VersionCommandClass.FirmwareVersion), Value.Of("1.6"), null);
        node.Device = new("test/plug.json", "Test", "Plug 1")
        {
            Fingerprints = [],
            Notes = ["Press twice."],
            Parameters = [new(3, "led", "LED", 1) { Minimum = 0, Maximum = 1, IsEnumeration = true, Values = new Dictionary<long, string> { [0] = "off", [1] = "on" } }],
        };
        node.Root.SetVersion(ConfigurationCommandClass.Id, 1);
        rig.Observers.NodeChanged(node);
        using var devices = new DeviceListPublisher(rig.View, rig.Properties, rig.Directory, rig.Sink, rig.Topics, static action => action(), rig.Time);
        var list = JArray.Parse(System.Text.Encoding.UTF8.GetString(devices.Document()));
        JsonAssert.Contains(
            JObject.Parse("""
            {"id":4,"name":"Heater","topic":"heater","area":"Kitchen","manufacturer":"Test","model":"Plug 1","manufacturer_id":"0x008a","product_type_id":null,
             "firmware":"1.6","security":"none","interview":"complete","status":"alive","listening":true,
             "endpoints":[{"index":0,"label":null,"role":"single"}],
             "command_classes":[{"endpoint":0,"id":"0x25","name":"SWITCH_BINARY","version":2},{"endpoint":0,"id":"0x32","name":"METER","version":3},
                                {"endpoint":0,"id":"0x70","name":"CONFIGURATION","version":1}],
             "settings":{"endpoint_order":null,"maximum_power":4600,"meter_filter":true,"poll_interval":null},"notes":["Press twice."]}
            """),
            Assert.Single(list));
        var properties = (JArray)list[0]["properties"]!;
        Assert.Equal(
            rig.Properties.Of(node).All.Select(static property => property.Name), properties.Select(static property => (string)property["name"]!));
        JsonAssert.Contains(
            JObject.Parse("""{"name":"led","kind":"parameter","minimum":0,"maximum":1,"parameter":3,"options":[{"value":0,"label":"off"},{"value":1,"label":"on"}],"settable":true}"""),
            properties.Single(static property => (string)property["name"]! == "led"));
        JsonAssert.Contains(
            JObject.Parse("""{"name":"power","kind":"reading","endpoint":0,"unit":"W","readable":true,"settable":false}"""),
            properties.Single(static property => (string)property["name"]! == "power"));
    }

    [Fact]
    public void Devices_are_published_when_they_changed_at_most_once_a_second()
    {
        using var rig = new PublishingRig();
        using var devices = new DeviceListPublisher(rig.View, rig.Properties, rig.Directory, rig.Sink, rig.Topics, static action => action(), rig.Time);
        var node = rig.Ready();
        devices.NodeAdded(node);
        devices.NodeChanged(node);
        rig.Time.Advance(999);
        Assert.Empty(rig.Sink.Lines);
        rig.Time.Advance(1);
        Assert.StartsWith("base/bridge/devices [{\"id\":4,", Assert.Single(rig.Sink.Take()), StringComparison.Ordinal);
        devices.NodeChanged(node);
        rig.Time.Advance(1000);
        Assert.Empty(rig.Sink.Lines);
        node.Status = NodeStatus.Dead;
        devices.NodeStatusChanged(node, NodeStatus.Alive);
        rig.Time.Advance(1000);
        Assert.Single(rig.Sink.Take());
        devices.Publish();
        Assert.True(Assert.Single(rig.Sink.Messages).Retain);
    }

    [Fact]
    public void Events_tell_what_happens_to_nodes_and_are_not_retained()
    {
        using var rig = new PublishingRig();
        var events = new EventPublisher(rig.View, new(rig.View), rig.Directory, rig.Sink, rig.Topics);
        var node = rig.View.AddPlug(s_four, InterviewState.None);
        rig.View.Status = ControllerStatus.Ready;
        rig.Directory.TryReplace(new(s_four, "heater") { Name = "Heater" });
        events.ControllerChanged(ControllerStatus.Ready);
        events.NodeAdded(node);
        node.Interview = new(InterviewState.Running, 10, "x");
        events.InterviewProgressed(node);
        node.Interview = new(InterviewState.Complete, 100, "");
        events.InterviewProgressed(node);
        events.InterviewProgressed(node);
        node.Status = NodeStatus.Alive;
        events.NodeStatusChanged(node, NodeStatus.Unknown);
        node.Status = NodeStatus.Dead;
        events.NodeStatusChanged(node, NodeStatus.Alive);
        node.Interview = new(InterviewState.Failed, 50, "Meter");
        events.InterviewProgressed(node);
        events.MeterReadingRejected(new(
            node, new(1), MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 0), Value.OfDecimal(3546, 0), Value.OfDecimal(1275, 2),
            MeterRejectionReason.Jump, "more than can have been used"));
        events.NodeReset(node);
        events.NodeRemoved(s_four);
        Assert.Equal(
            [
                """{"type":"controller_status","status":"ready"}""",
                """{"type":"node_added","id":4,"name":"Heater"}""",
                """{"type":"node_interviewed","id":4,"name":"Heater","manufacturer":null,"model":null}""",
                """{"type":"node_status","id":4,"name":"Heater","status":"dead","previous":"alive"}""",
                """{"type":"node_interview_failed","id":4,"name":"Heater","step":"Meter"}""",
                """{"type":"meter_reading_rejected","id":4,"name":"Heater","endpoint":1,"property":"0x32/reading/69632","value":3546,"last_accepted":12.75,"reason":"more than can have been used"}""",
                """{"type":"node_reset","id":4,"name":"Heater"}""",
                """{"type":"node_removed","id":4}""",
            ],
            rig.Sink.Messages.Select(RecordingSink.Text));
        Assert.All(rig.Sink.Messages, static message => Assert.Equal(("base/bridge/event", false), (message.Topic, message.Retain)));
    }

    [Fact]
    public void Nodes_that_become_known_at_the_start_are_no_news()
    {
        using var rig = new PublishingRig();
        new EventPublisher(rig.View, new(rig.View), rig.Directory, rig.Sink, rig.Topics).NodeAdded(rig.View.AddPlug(s_four));
        Assert.Empty(rig.Sink.Lines);
    }

    [Fact]
    public void Health_is_published_every_five_minutes_with_reports_a_minute_since_the_last()
    {
        using var rig = new PublishingRig();
        var node = rig.Ready();
        var sources = new HealthSources(new(), new(), new(), static () => 3);
        using var health = new HealthPublisher(rig.View, rig.Directory, rig.Sink, rig.Topics, sources, static action => action(), rig.Time);
        node.Counters.CommandsReceived = 50;
        node.Counters.MeterReadingsRejected = 2;
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        node.Counters.CommandsReceived = 150;
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        var documents = rig.Sink.Messages.Select(static message => JObject.Parse(RecordingSink.Text(message))).ToArray();
        Assert.Equal([10m, 20m], documents.Select(static document => (decimal)document["nodes"]![0]!["reports_per_minute"]!));
        JsonAssert.Contains(
            JObject.Parse("""
            {"uptime":600,"controller":{"status":"ready"},"air":{"meter_readings_rejected":2,"queue":3},"mqtt":{"published":0,"dropped":0,"reconnects":0,"queue":0},
             "nodes":[{"id":4,"name":"Node 4","status":"alive","commands_received":150,"commands_failed":0,"meter_readings_rejected":2}]}
            """),
            documents[1]);
        Assert.InRange((long)documents[1]["memory"]!["resident"]!, 1_000_000, 100_000_000_000);
        Assert.InRange((long)documents[1]["memory"]!["managed"]!, 1, (long)documents[1]["memory"]!["resident"]! * 10);
    }
}
