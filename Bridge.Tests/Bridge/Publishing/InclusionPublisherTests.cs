using Bridge.Naming;
using Bridge.Publishing;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Bridge.Tests.Publishing;

/// <summary>Every step of an inclusion is told.</summary>
public sealed class InclusionPublisherTests
{
    private static readonly NodeId s_four = new(4);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private static InclusionEvent[] All =>
    [
        new InclusionStarted(InclusionStrategy.S2Only, s_minute, null), new InclusionStopped("stopped"), new NodeFound(InclusionActivity.Including),
        new NodeJoined(s_four), new GrantWanted(s_four, SecurityClasses.All, s_minute), new PinWanted(s_four, "?????-12345", s_minute),
        new KeysExchanged(s_four, SecurityClasses.All), new BootstrapFailed(s_four, KeyExchangeFailure.WrongSecurity, "an echo differs"),
        new ButtonWanted(s_four, s_minute), new NodeLeftBehind(s_four, "nobody"), new NodeIncluded(new Node(s_four), null, false), new InterviewBegan(s_four),
        new ExclusionStarted(s_minute), new ExclusionStopped("stopped"), new NodeExcluded(NodeId.None), new FailedNodeRemoved(s_four, true),
        new ReplacementStarted(s_four), new InclusionFailed(InclusionActivity.Replacing, NodeId.None, "no"), new ProvisioningChanged(),
    ];

    [Fact]
    public void Every_event_there_is_is_published_under_a_name_of_its_own()
    {
        var kinds = typeof(InclusionEvent).Assembly.GetTypes().Where(static type => type.BaseType == typeof(InclusionEvent));
        Assert.Equal(kinds.Select(static type => type.Name).Order(StringComparer.Ordinal), All.Select(static news => news.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Equal(All.Length, All.Select(news => (string?)Told(news)["type"]).Distinct().Count());
    }

    [Theory]
    [InlineData(typeof(InclusionStarted), """{"type":"inclusion_started","strategy":"s2","seconds":60,"dsk":null}""")]
    [InlineData(typeof(GrantWanted),
        """{"type":"inclusion_grant","id":4,"requested":["S2_AccessControl","S2_Authenticated","S2_Unauthenticated","S0_Legacy"],"seconds":60,"answer":"base/bridge/request/inclusion/grant"}""")]
    [InlineData(typeof(PinWanted), """{"type":"inclusion_dsk","id":4,"dsk":"?????-12345","seconds":60,"answer":"base/bridge/request/inclusion/dsk"}""")]
    [InlineData(typeof(BootstrapFailed), """{"type":"inclusion_keys_failed","id":4,"code":"wrong_security","reason":"an echo differs"}""")]
    [InlineData(typeof(NodeIncluded), """{"type":"node_included","id":4,"name":"Heater","security":"none","replacement":false,"dsk":null}""")]
    [InlineData(typeof(NodeExcluded), """{"type":"node_excluded","id":null}""")]
    [InlineData(typeof(InclusionFailed), """{"type":"inclusion_failed","activity":"replacing","id":null,"reason":"no"}""")]
    public void An_event_tells(Type kind, string json) =>
        Assert.Equal(json, Told(All.First(news => news.GetType() == kind)).ToString(Newtonsoft.Json.Formatting.None));

    [Fact]
    public void Bridge_info_follows_when_joining_begins_and_ends()
    {
        using var rig = new PublishingRig();
        var publisher = Create(rig);
        foreach (var (news, isInfo) in new (InclusionEvent, bool)[] { (All[0], true), (All[1], true), (All[2], true), (All[3], false) })
        {
            rig.Sink.Take();
            publisher.Take(news);
            Assert.Equal(isInfo, rig.Sink.Messages.Any(static message => message.Topic == "base/bridge/info"));
        }
    }

    [Fact]
    public void A_node_of_the_list_is_called_as_its_entry_says_and_a_replacement_as_the_node_before()
    {
        using var rig = new PublishingRig();
        var names = new NewNodeNames(rig.Directory, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.True(Dsk.TryParse("34028-23669-20938-46346-33746-07431-56821-14553", out var dsk));
        names.Take(new NodeIncluded(new(s_four), new(dsk, SecurityClasses.All, "Desk lamp"), false));
        Assert.Equal(("Desk lamp", "Desk_lamp"), (rig.Directory.Find(s_four).Name, rig.Directory.Find(s_four).Topic));
        names.Take(new ReplacementStarted(s_four));
        rig.Directory.Remove(s_four);
        names.Take(new NodeIncluded(new(s_four), null, true));
        Assert.Equal(("Desk lamp", "Desk_lamp"), (rig.Directory.Find(s_four).Name, rig.Directory.Find(s_four).Topic));
        // a name another node has
        names.Take(new NodeIncluded(new(new(5)), new(dsk, SecurityClasses.All, "Desk lamp"), false));
        Assert.Null(rig.Directory.Find(new(5)).Name);
    }

    private static JObject Told(InclusionEvent news)
    {
        using var rig = new PublishingRig();
        rig.Directory.TryReplace(new(s_four, "heater") { Name = "Heater" });
        Create(rig).Take(news);
        return JObject.Parse(RecordingSink.Text(rig.Sink.Messages.First(static message => message.Topic == "base/bridge/event")));
    }

    private static InclusionPublisher Create(PublishingRig rig) => new(
        new(rig.View, rig.Properties, rig.Directory, rig.Sink, rig.Topics),
        new(rig.View, rig.Sink, rig.Topics, new("1.2.3", null, "base"), static () => "info", static () => null), rig.Directory, rig.Topics);
}
