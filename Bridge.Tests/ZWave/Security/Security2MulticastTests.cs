using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Groups: the host sends to them as a simulated node would, the plug receives.</summary>
public sealed class Security2MulticastTests
{
    private const byte Group = 7;
    private const string On = "25 01 FF";
    private const string Report = "25 03 FF";

    private readonly Security2Rig _rig = new Security2Rig().Agreed();

    [Fact]
    public void Node_that_does_not_follow_says_so_and_is_told_the_state()
    {
        Assert.Equal(Opened.Not(Security2Result.MulticastNotDecrypted), _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
        var followUp = _rig.FollowUp(Group, On);
        Assert.Equal([Security2ExtensionType.MulticastGroup], Security2Rig.ExtensionsOf(followUp));
        Assert.Equal(Opened.With(On), _rig.AtPlug(followUp));
        var answer = _rig.FromPlug(Report);
        Assert.Equal([Security2ExtensionType.MulticastOutOfSync], Security2Rig.ExtensionsOf(answer));
        Assert.Equal(Opened.With(Report), _rig.AtHost(answer));
        Assert.Empty(Security2Rig.ExtensionsOf(_rig.FromPlug(Report)));
        // the state goes with the next frame, encrypted, instead of the group
        var told = _rig.FollowUp(Group, On);
        Assert.Empty(Security2Rig.ExtensionsOf(told));
        Assert.Equal(Opened.With(On), _rig.AtPlug(told));
        for (var count = 0; count < 3; count++)
        {
            Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
            Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FollowUp(Group, On)));
        }
    }

    [Fact]
    public void Follow_up_of_a_group_that_is_not_followed_says_so_too()
    {
        _rig.Multicast(Group, On);
        _rig.AtPlug(_rig.FollowUp(Group, On));
        Assert.True(_rig.Plug.CreateNonceReport(Security2Rig.HostId).IsMulticastLost);
        Assert.False(_rig.Plug.CreateNonceReport(Security2Rig.HostId).IsMulticastLost);
    }

    [Fact]
    public void Nonce_report_may_ask_for_the_state()
    {
        _rig.Multicast(Group, On);
        Assert.False(_rig.Host.OnNonceReport(_rig.PlugId, new(0, IsMulticastLost: true, null)));
        _rig.AtPlug(_rig.FromHost(On));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
    }

    [Fact]
    public void Frames_to_the_group_may_be_lost_and_follow_ups_go_on()
    {
        Follow();
        for (var count = 0; count < 10; count++)
        {
            _rig.Multicast(Group, On);
            Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FollowUp(Group, On)));
            if (count % 3 == 2) Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
        }
    }

    [Theory]
    [InlineData(2, true)] // each takes two states
    [InlineData(3, false)]
    public void Five_states_are_tried(int lost, bool isOpened)
    {
        Follow();
        for (; lost > 0; lost--) _rig.Multicast(Group, On);
        var expected = isOpened ? Opened.With(On) : Opened.Not(Security2Result.MulticastNotDecrypted);
        Assert.Equal(expected, _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
    }

    [Fact]
    public void Repetition_is_a_duplicate()
    {
        Follow();
        var frame = _rig.Multicast(Group, On);
        Assert.Equal(Opened.With(On), _rig.AtPlug(frame, isMulticast: true));
        Assert.Equal(Opened.Not(Security2Result.Duplicate), _rig.AtPlug(frame, isMulticast: true));
    }

    [Fact]
    public void Forged_frame_to_the_group_costs_nothing_but_a_word()
    {
        Follow();
        var frame = _rig.Multicast(Group, On);
        byte[] forged = [.. frame];
        forged[^1] ^= 1;
        Assert.Equal(Opened.Not(Security2Result.MulticastNotDecrypted), _rig.AtPlug(forged, isMulticast: true));
        Assert.Equal(Opened.With(On), _rig.AtPlug(frame, isMulticast: true));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
    }

    [Fact]
    public void Frame_to_all_without_a_group_is_refused() =>
        Assert.Equal(Opened.Not(Security2Result.Refused), _rig.AtPlug(_rig.FromHost(On), isMulticast: true));

    [Fact]
    public void Frame_to_a_group_is_not_opened_as_one_to_a_node()
    {
        Follow();
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtPlug(_rig.Multicast(Group, On)));
    }

    [Fact]
    public void Group_of_another_class_is_forgotten()
    {
        Follow();
        _rig.Plug.SetClass(Security2Rig.HostId, SecurityClass.S2AccessControl);
        Assert.Equal(Opened.Not(Security2Result.MulticastNotDecrypted), _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
    }

    [Fact]
    public void Group_with_a_key_that_was_replaced_is_forgotten()
    {
        Follow();
        _rig.Plug.SetKey(SecurityClass.S2Authenticated, false, SecretKey.Generate());
        Assert.Equal(Opened.Not(Security2Result.MulticastNotDecrypted), _rig.AtPlug(_rig.Multicast(Group, On), isMulticast: true));
    }

    private void Follow()
    {
        _rig.Multicast(Group, On);
        _rig.Host.OnNonceReport(_rig.PlugId, new(0, IsMulticastLost: true, null));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
    }
}
