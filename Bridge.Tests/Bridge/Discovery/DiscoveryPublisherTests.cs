using Bridge.Discovery;
using Bridge.Mqtt;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;
using static Bridge.Tests.Discovery.PublisherRig;

namespace Bridge.Tests.Discovery;

public sealed class DiscoveryPublisherTests : IDisposable
{
    private readonly PublisherRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Nothing_is_announced_before_the_home_id_is_known()
    {
        _rig.Network.Identity = null;
        _rig.Ready();
        _rig.Change(_rig.Plug);
        Assert.Empty(_rig.TakePublished());
    }

    [Fact]
    public void The_bridge_comes_first_then_the_nodes_retained_and_acknowledged()
    {
        _rig.Network.Add(9);
        _rig.Ready();
        Assert.Equal([BridgeTopic, PlugTopic, "homeassistant/device/zw_e1a2b3c4_9/config"], _rig.Topics);
        Assert.All(_rig.Messages, static message =>
        {
            Assert.True(message.Retain);
            Assert.Equal(MqttQualityOfService.AtLeastOnce, message.QualityOfService);
            Assert.Equal("application/json", message.ContentType);
        });
    }

    [Fact]
    public void A_node_is_announced_when_its_interview_is_complete()
    {
        var node = _rig.Network.Add(9);
        node.Interview = new(InterviewState.Running, 50, "Meter");
        _rig.Ready();
        _rig.Publisher!.InterviewProgressed(node);
        Assert.Equal([BridgeTopic, PlugTopic], _rig.TakePublished().Select(static message => message.Topic));
        node.Interview = new(InterviewState.Complete, 100, string.Empty);
        _rig.Publisher.InterviewProgressed(node);
        Assert.Equal(["homeassistant/device/zw_e1a2b3c4_9/config"], _rig.TakePublished().Select(static message => message.Topic));
    }

    [Fact]
    public async Task A_node_that_is_interviewed_again_keeps_what_it_had()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Time.Advance(5000);
        _rig.Plug.Interview = new(InterviewState.Running, 10, "Version");
        _rig.Publisher!.InterviewProgressed(_rig.Plug);
        await _rig.Publisher.PublishAllAsync();
        Assert.Equal([BridgeTopic], _rig.TakePublished().Select(static message => message.Topic));
    }

    [Fact]
    public void What_has_not_changed_is_not_sent_again()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Time.Advance(5000);
        _rig.Change(_rig.Plug);
        _rig.Time.Advance(5000);
        Assert.Empty(_rig.TakePublished());
    }

    [Fact]
    public async Task On_request_everything_is_sent_again()
    {
        _rig.Ready();
        var first = _rig.TakePublished();
        _rig.Time.Advance(5000);
        await _rig.Publisher!.PublishAllAsync();
        Assert.Equal(first, _rig.TakePublished());
    }

    [Fact]
    public void A_rename_changes_name_and_topics_and_no_id()
    {
        _rig.Ready();
        var before = JObject.Parse(_rig.TakePublished()[1].Payload);
        _rig.Time.Advance(1000);
        _rig.Rename("heater", "Heater");
        var (topic, payload) = Assert.Single(_rig.TakePublished());
        Assert.Equal(PlugTopic, topic);
        var after = JObject.Parse(payload);
        Assert.Equal("Heater", after["device"]!["name"]);
        Assert.Equal("zwbridge/heater", after["state_topic"]);
        Assert.Equal("zwbridge/heater/set", after["components"]!["switch"]!["command_topic"]);
        Assert.Equal(before.SelectTokens("$..unique_id"), after.SelectTokens("$..unique_id"));
        Assert.Equal(before["device"]!["identifiers"], after["device"]!["identifiers"]);
    }

    [Fact]
    public void Two_versions_never_come_within_a_second_and_the_newest_is_sent()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Rename("one", "One");
        _rig.Rename("two", "Two");
        _rig.Time.Advance(999);
        Assert.Empty(_rig.TakePublished());
        _rig.Time.Advance(1);
        Assert.Equal("Two", JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["device"]!["name"]);
    }

    [Fact]
    public void A_scale_that_is_reported_for_the_first_time_gets_a_component()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Time.Advance(1000);
        // A value that is known already changes nothing; a voltage is new.
        _rig.Network.Set(_rig.Plug, 0, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 2), Value.OfDecimal(421, 1));
        Assert.Empty(_rig.TakePublished());
        _rig.Network.Set(_rig.Plug, 0, MeterCommandClass.Reading(MeterScales.Electric, MeterScales.Import, 4), Value.OfDecimal(2301, 1));
        Assert.NotNull(JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["components"]!["voltage"]);
    }

    [Fact]
    public void A_value_no_property_shows_makes_no_document()
    {
        var builds = 0;
        using PublisherRig rig = new(templates: () =>
        {
            builds++;
            return Documents.Shipped;
        });
        rig.Ready();
        rig.Time.Advance(1000);
        var before = builds;
        // It might have been something new, and is not.
        rig.Network.Set(rig.Plug, 0, IndicatorCommandClass.Indicator, Value.Of(1));
        rig.Network.Set(rig.Plug, 0, IndicatorCommandClass.Indicator, Value.Of(2));
        Assert.Equal(before, builds);
    }

    [Fact]
    public void Another_firmware_is_announced()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Time.Advance(1000);
        _rig.Network.Set(_rig.Plug, 0, VersionCommandClass.FirmwareVersion, Value.Of("1.3"));
        Assert.Equal("1.3", JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["device"]!["sw_version"]);
    }

    [Fact]
    public void A_component_that_vanishes_goes_in_two_steps()
    {
        _rig.Network.AddMeter(_rig.Plug, 0, [0, 2, 4], [MeterScales.Import]);
        _rig.Ready();
        _rig.TakePublished();
        _rig.Time.Advance(1000);
        _rig.Network.AddMeter(_rig.Plug, 0, [0, 2], [MeterScales.Import]);
        _rig.Change(_rig.Plug);
        var first = JObject.Parse(Assert.Single(_rig.TakePublished()).Payload);
        Assert.Equal("{\"platform\":\"sensor\"}", first["components"]!["voltage"]!.ToString(Newtonsoft.Json.Formatting.None));
        _rig.Time.Advance(999);
        Assert.Empty(_rig.TakePublished());
        _rig.Time.Advance(1);
        Assert.Null(JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["components"]!["voltage"]);
        _rig.Time.Advance(5000);
        Assert.Empty(_rig.TakePublished());
    }

    [Fact]
    public void A_component_of_another_platform_under_the_same_id_is_removed_before_it_is_added()
    {
        ParameterDefinitionOf(maximum: 9);
        _rig.Ready();
        _rig.TakePublished();
        _rig.Time.Advance(1000);
        // A number with one value only is a button.
        ParameterDefinitionOf(maximum: 1);
        _rig.Change(_rig.Plug);
        var first = JObject.Parse(Assert.Single(_rig.TakePublished()).Payload);
        Assert.Equal("{\"platform\":\"number\"}", first["components"]!["parameter_1"]!.ToString(Newtonsoft.Json.Formatting.None));
        _rig.Time.Advance(1000);
        var second = JObject.Parse(Assert.Single(_rig.TakePublished()).Payload);
        Assert.Equal("button", second["components"]!["parameter_1"]!["platform"]);
        Assert.NotNull(second["components"]!["parameter_1"]!["command_topic"]);
        _rig.Time.Advance(5000);
        Assert.Empty(_rig.TakePublished());
    }

    [Fact]
    public void A_node_that_is_removed_is_cleared_with_zero_bytes_and_does_not_come_back()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Rename("heater", "Heater");
        _rig.Network.Remove(_rig.Plug);
        _rig.Publisher!.NodeRemoved(_rig.Plug.Id);
        var cleared = Assert.Single(_rig.Messages);
        Assert.Equal(PlugTopic, cleared.Topic);
        Assert.True(cleared.Payload.IsEmpty);
        Assert.True(cleared.Retain);
        _rig.TakePublished();
        _rig.Time.Advance(5000);
        Assert.Empty(_rig.TakePublished());
    }

    [Fact]
    public void A_node_that_was_never_interviewed_is_cleared_all_the_same()
    {
        var node = _rig.Network.Add(9);
        node.Interview = new(InterviewState.Failed, 10, "Version");
        _rig.Ready();
        _rig.TakePublished();
        _rig.Network.Remove(node);
        _rig.Publisher!.NodeRemoved(node.Id);
        Assert.Equal([("homeassistant/device/zw_e1a2b3c4_9/config", string.Empty)], _rig.TakePublished());
    }

    [Fact]
    public void A_node_that_was_reset_by_hand_is_cleared_and_stays_away_until_it_speaks_again()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Plug.HasLeft = true;
        _rig.Publisher!.NodeReset(_rig.Plug);
        Assert.Equal([(PublisherRig.PlugTopic, string.Empty)], _rig.TakePublished());
        _rig.Change(_rig.Plug);
        _rig.Time.Advance(5000);
        Assert.Empty(_rig.TakePublished());
        _rig.Plug.HasLeft = false;
        _rig.Change(_rig.Plug);
        Assert.Equal(PublisherRig.PlugTopic, Assert.Single(_rig.TakePublished()).Topic);
    }

    [Fact]
    public void Another_home_id_begins_anew()
    {
        _rig.Ready();
        _rig.TakePublished();
        _rig.Network.Identity = PlainNetwork.IdentityOf(new HomeId(0x00000017));
        _rig.Ready();
        Assert.Equal(["homeassistant/device/zw_00000017/config", "homeassistant/device/zw_00000017_2/config"], _rig.TakePublished().Select(static message => message.Topic));
    }

    [Fact]
    public async Task Other_templates_change_only_what_is_different()
    {
        var catalog = Documents.Shipped;
        using Support.TemporaryFolder folder = new();
        using PublisherRig rig = new(templates: () => catalog);
        rig.Ready();
        rig.TakePublished();
        rig.Time.Advance(1000);
        await File.WriteAllTextAsync(folder["mine.json"], """{"match": {"kind": "ping"}, "component": "none"}""", TestContext.Current.CancellationToken);
        catalog = TemplateCatalog.Load(Support.Repository.Path("discovery-templates"), folder.Path);
        await rig.Publisher!.TemplatesChangedAsync();
        var (topic, payload) = Assert.Single(rig.TakePublished());
        Assert.Equal(PlugTopic, topic);
        Assert.Equal("{\"platform\":\"button\"}", JObject.Parse(payload)["components"]!["ping"]!.ToString(Newtonsoft.Json.Formatting.None));
    }

    private void ParameterDefinitionOf(int maximum)
    {
        _rig.Plug.Root.Add(ConfigurationCommandClass.Id);
        _rig.Plug.Device = PlainNetwork.Device(new Bridge.ZWave.Devices.ParameterDefinition(1, "level", "Level", 1) { Minimum = 1, Maximum = maximum });
    }
}
