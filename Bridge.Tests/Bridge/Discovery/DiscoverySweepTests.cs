using Bridge.Discovery;
using Bridge.ZWave.Network;
using Newtonsoft.Json.Linq;
using Xunit;
using static Bridge.Tests.Discovery.PublisherRig;

namespace Bridge.Tests.Discovery;

/// <summary>What earlier runs left in the broker.</summary>
public sealed class DiscoverySweepTests : IDisposable
{
    private const string Ours = """{"device":{"identifiers":["zw_e1a2b3c4_9"]},"origin":{"name":"zwbridge"},"components":{"switch":{"platform":"switch"}}}""";
    private const string Gone = "homeassistant/device/zw_e1a2b3c4_9/config";

    private readonly PublisherRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Both_forms_are_looked_through_for_five_seconds_and_no_longer()
    {
        var connected = _rig.Publisher!.ConnectedAsync(_rig, CancellationToken.None);
        Assert.True(_rig.IsSubscribed);
        Assert.Equal(["homeassistant/+/+/config", "homeassistant/+/+/+/config"], _rig.Filters);
        await _rig.Time.ElapseAsync(5000);
        await await connected;
        Assert.False(_rig.IsSubscribed);
    }

    [Fact]
    public async Task A_document_of_a_node_that_is_gone_is_cleared()
    {
        _rig.Keep(Gone, Ours);
        _rig.Ready();
        _rig.TakePublished();
        await _rig.ConnectAsync();
        Assert.Contains((Gone, string.Empty), _rig.TakePublished());
    }

    [Fact]
    public async Task Every_connect_announces_everything_at_once()
    {
        _rig.Ready();
        var first = _rig.TakePublished();
        _rig.Time.Advance(5000);
        var connected = _rig.Publisher!.ConnectedAsync(_rig, CancellationToken.None);
        Assert.Equal(first, _rig.TakePublished());
        await _rig.Time.ElapseAsync(5000);
        await await connected;
        Assert.Empty(_rig.TakePublished());
    }

    [Theory]
    [InlineData("a second bridge", """{"device":{"identifiers":["zw_00000017_9"]},"origin":{"name":"zwbridge"}}""")]
    [InlineData("a home id that begins like ours", """{"device":{"identifiers":["zw_e1a2b3c44_9"]},"origin":{"name":"zwbridge"}}""")]
    [InlineData("another program", """{"device":{"identifiers":["zw_e1a2b3c4_9"]},"origin":{"name":"other"}}""")]
    [InlineData("no origin", """{"device":{"identifiers":["zw_e1a2b3c4_9"]}}""")]
    [InlineData("nothing like it", """{"device":[1],"origin":{"name":"zwbridge"},"components":7}""")]
    [InlineData("a text", "\"\"")]
    [InlineData("no JSON", "{\"device\":")]
    [InlineData("a list", "[1,2]")]
    [InlineData("a number without end", "{\"a\":1e99999}")]
    public async Task What_is_not_ours_stays(string what, string payload)
    {
        Assert.NotEmpty(what);
        _rig.Keep(Gone, payload);
        _rig.Ready();
        _rig.TakePublished();
        await _rig.ConnectAsync();
        Assert.DoesNotContain(Gone, _rig.TakePublished().Select(static message => message.Topic));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_nesting_without_end_are_harmless()
    {
        _rig.Kept.Add(new(Gone, new byte[] { 0xFF, 0x00, 0xC3 }) { Retain = true });
        _rig.Keep(Gone, string.Concat(Enumerable.Repeat("[", 100_000)));
        _rig.Ready();
        await _rig.ConnectAsync();
        Assert.DoesNotContain(Gone, _rig.TakePublished().Select(static message => message.Topic));
    }

    [Fact]
    public async Task Documents_with_abbreviated_keys_are_ours_too()
    {
        _rig.Keep(Gone, """{"dev":{"ids":"zw_e1a2b3c4_9"},"o":{"name":"zwbridge"},"cmps":{"switch":{"p":"switch"}}}""");
        _rig.Ready();
        await _rig.ConnectAsync();
        Assert.Contains((Gone, string.Empty), _rig.TakePublished());
    }

    [Fact]
    public async Task A_message_that_was_not_kept_is_not_an_old_one()
    {
        _rig.Kept.Add(new(Gone, System.Text.Encoding.UTF8.GetBytes(Ours)));
        _rig.Ready();
        await _rig.ConnectAsync();
        Assert.DoesNotContain(Gone, _rig.TakePublished().Select(static message => message.Topic));
    }

    [Fact]
    public async Task A_node_whose_interview_is_not_complete_keeps_its_old_document()
    {
        var node = _rig.Network.Add(9);
        node.Interview = new(InterviewState.Running, 10, "Version");
        _rig.Keep(Gone, Ours);
        _rig.Ready();
        await _rig.ConnectAsync();
        Assert.DoesNotContain(Gone, _rig.TakePublished().Select(static message => message.Topic));
        // Its component nobody has any more goes when it is known what the node has.
        node.Interview = new(InterviewState.Complete, 100, string.Empty);
        _rig.Publisher!.InterviewProgressed(node);
        Assert.NotNull(JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["components"]!["ping"]);
    }

    [Fact]
    public async Task A_component_of_an_earlier_run_goes_in_two_steps()
    {
        _rig.Keep(PlugTopic, _rig.DocumentWith("voltage", "sensor"));
        _rig.Ready();
        _rig.TakePublished();
        await _rig.ConnectAsync();
        var step = JObject.Parse(_rig.TakePublished().Last(static message => message.Topic == PlugTopic).Payload);
        Assert.Equal("{\"platform\":\"sensor\"}", step["components"]!["voltage"]!.ToString(Newtonsoft.Json.Formatting.None));
        _rig.Time.Advance(1000);
        Assert.Null(JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["components"]!["voltage"]);
    }

    [Fact]
    public async Task A_component_that_had_another_platform_in_an_earlier_run_is_removed_and_added_again()
    {
        _rig.Keep(PlugTopic, _rig.DocumentWith("reset_meter", "switch"));
        _rig.Ready();
        _rig.TakePublished();
        await _rig.ConnectAsync();
        var step = JObject.Parse(_rig.TakePublished().Last(static message => message.Topic == PlugTopic).Payload);
        Assert.Equal("{\"platform\":\"switch\"}", step["components"]!["reset_meter"]!.ToString(Newtonsoft.Json.Formatting.None));
        _rig.Time.Advance(1000);
        Assert.Equal("button", JObject.Parse(Assert.Single(_rig.TakePublished()).Payload)["components"]!["reset_meter"]!["platform"]);
    }

    [Fact]
    public async Task What_was_found_before_the_controller_was_ready_is_judged_when_it_is()
    {
        _rig.Keep(Gone, Ours);
        await _rig.ConnectAsync();
        Assert.Empty(_rig.TakePublished());
        _rig.Ready();
        Assert.Contains((Gone, string.Empty), _rig.TakePublished());
    }

    [Fact]
    public async Task With_discovery_switched_off_nothing_is_announced_and_everything_of_ours_is_cleared()
    {
        using PublisherRig rig = new(new() { Discovery = false });
        rig.Keep(PlugTopic, rig.DocumentWith("voltage", "sensor"));
        rig.Keep("homeassistant/device/zw_00000017/config", """{"device":{"identifiers":["zw_00000017"]},"origin":{"name":"zwbridge"}}""");
        rig.Ready();
        rig.Publisher!.NodeChanged(rig.Plug);
        await rig.ConnectAsync();
        Assert.Equal([(PlugTopic, string.Empty)], rig.TakePublished());
    }

    [Fact]
    public async Task Single_components_are_one_message_each_and_removed_one_by_one()
    {
        using PublisherRig rig = new(new() { SingleComponents = true });
        const string stale = "homeassistant/sensor/zw_e1a2b3c4_2/voltage/config";
        rig.Keep(stale, """{"device":{"identifiers":["zw_e1a2b3c4_2"]},"origin":{"name":"zwbridge"},"unique_id":"zw_e1a2b3c4_2_voltage"}""");
        rig.Ready();
        var topics = rig.TakePublished().Select(static message => message.Topic).ToArray();
        Assert.Contains("homeassistant/switch/zw_e1a2b3c4_2/switch/config", topics);
        Assert.Contains("homeassistant/binary_sensor/zw_e1a2b3c4/connection/config", topics);
        Assert.DoesNotContain(topics, static topic => topic.StartsWith("homeassistant/device/", StringComparison.Ordinal));
        await rig.ConnectAsync();
        Assert.Contains((stale, string.Empty), rig.TakePublished());
        rig.Network.Remove(rig.Plug);
        rig.Publisher!.NodeRemoved(rig.Plug.Id);
        var cleared = rig.TakePublished();
        Assert.All(cleared, static message => Assert.Empty(message.Payload));
        Assert.Equal(topics.Where(static topic => topic.Contains("_2/", StringComparison.Ordinal)).Order(), cleared.Select(static message => message.Topic).Order());
    }

    [Fact]
    public async Task After_a_change_of_the_form_the_old_one_is_cleared_and_the_new_one_sent_again()
    {
        const string old = "homeassistant/sensor/zw_e1a2b3c4_2/power/config";
        _rig.Keep(old, """{"device":{"identifiers":["zw_e1a2b3c4_2"]},"origin":{"name":"zwbridge"},"unique_id":"zw_e1a2b3c4_2_power"}""");
        _rig.Ready();
        _rig.TakePublished();
        await _rig.ConnectAsync();
        Assert.Contains((old, string.Empty), _rig.TakePublished());
        _rig.Time.Advance(1000);
        Assert.Equal([PlugTopic], _rig.TakePublished().Select(static message => message.Topic));
        _rig.Time.Advance(5000);
        Assert.Empty(_rig.TakePublished());
    }

    [Fact]
    public async Task After_the_change_to_single_components_the_device_form_is_cleared()
    {
        using PublisherRig rig = new(new() { SingleComponents = true });
        rig.Keep(PlugTopic, rig.DocumentWith("voltage", "sensor"));
        rig.Ready();
        var first = rig.TakePublished().Where(static message => message.Topic.Contains("_2/", StringComparison.Ordinal)).ToArray();
        rig.Time.Advance(5000);
        await rig.ConnectAsync();
        Assert.Contains((PlugTopic, string.Empty), rig.TakePublished());
        rig.Time.Advance(1000);
        Assert.Equal(first, rig.TakePublished());
        rig.Time.Advance(5000);
        Assert.Empty(rig.TakePublished());
    }

    [Fact]
    public async Task Below_another_prefix_everything_is_there()
    {
        using PublisherRig rig = new(new() { Prefix = "ha/discovery" });
        rig.Ready();
        Assert.All(rig.Topics, static topic => Assert.StartsWith("ha/discovery/device/", topic, StringComparison.Ordinal));
        await rig.ConnectAsync();
        Assert.Equal(["ha/discovery/+/+/config", "ha/discovery/+/+/+/config"], rig.Filters);
    }
}
