using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Security;

/// <summary>Which keys frames are made and opened with.</summary>
public sealed class Security2KeyTests
{
    private const string On = "25 01 FF";
    private const string Report = "25 03 FF";

    private readonly Security2Rig _rig = new();

    [Theory]
    [InlineData(SecurityClass.S2Unauthenticated)]
    [InlineData(SecurityClass.S2Authenticated)]
    [InlineData(SecurityClass.S2AccessControl)]
    public void Class_is_found_out_when_it_is_not_known(SecurityClass securityClass)
    {
        _rig.PlugAsks();
        Assert.Equal(Opened.With(Report, securityClass), _rig.AtHost(_rig.FromPlug(Report, securityClass)));
        Assert.Equal(Opened.With(On, securityClass), _rig.AtPlug(_rig.FromHost(On, securityClass)));
    }

    [Theory]
    [InlineData(SecurityClass.None)]
    [InlineData(SecurityClass.S0)]
    [InlineData(SecurityClass.S2Unauthenticated)]
    [InlineData(SecurityClass.S2AccessControl)]
    public void Only_frames_of_the_class_are_opened_when_it_is_known(SecurityClass known)
    {
        _rig.Host.SetClass(_rig.PlugId, known);
        _rig.PlugAsks();
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Sequence_of_another_class_is_forgotten_and_that_of_the_same_is_not()
    {
        _rig.Agreed();
        _rig.Host.SetClass(_rig.PlugId, null);
        _rig.Host.SetClass(_rig.PlugId, SecurityClass.S2Authenticated);
        Assert.True(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated));
        _rig.Host.SetClass(_rig.PlugId, SecurityClass.S2AccessControl);
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated));
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Sequence_is_of_no_use_for_another_class()
    {
        _rig.Agreed();
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2AccessControl));
        Assert.Null(_rig.FromHost(On, SecurityClass.S2AccessControl));
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
    }

    [Theory]
    [InlineData(SecurityClass.None)]
    [InlineData(SecurityClass.S0)]
    [InlineData(SecurityClass.S2Temporary)]
    public void Nothing_is_made_without_a_key(SecurityClass securityClass)
    {
        _rig.HostAsks();
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, securityClass));
        Assert.Null(_rig.FromHost(On, securityClass));
        // the nonce is still there
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
    }

    [Fact]
    public void Another_key_ends_the_sequences_of_the_one_before()
    {
        _rig.Agreed();
        _rig.Host.SetKey(SecurityClass.S2Authenticated, false, SecretKey.Generate());
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Authenticated));
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void The_same_key_once_more_changes_nothing()
    {
        var keys = NetworkKeys.Generate();
        var rig = new Security2Rig(keys: keys).Agreed();
        rig.Host.SetKey(SecurityClass.S2Authenticated, false, keys.S2Authenticated);
        Assert.Equal(Opened.With(Report), rig.AtHost(rig.FromPlug(Report)));
    }

    [Fact]
    public void Key_that_was_taken_away_opens_nothing()
    {
        _rig.Agreed();
        _rig.Host.SetKey(SecurityClass.S2Authenticated, false, null);
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
        _rig.PlugAsks();
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report)));
    }

    [Fact]
    public void Key_exchange_goes_from_the_temporary_keys_to_the_network_key_and_back()
    {
        UseTemporaryKeys();
        _rig.Host.SetClass(_rig.PlugId, SecurityClass.S2Authenticated);
        _rig.PlugAsks();
        var echo = _rig.FromPlug("9F 06 01 02 01 02", SecurityClass.S2Temporary);
        Assert.Equal(Opened.With("9F 06 01 02 01 02", SecurityClass.S2Temporary), _rig.AtHost(echo));
        Assert.Equal(Opened.With("9F 05 01 02 01 02", SecurityClass.S2Temporary), _rig.AtPlug(_rig.FromHost("9F 05 01 02 01 02", SecurityClass.S2Temporary)));
        // Network Key Verify with the key itself
        _rig.PlugAsks();
        Assert.Equal(Opened.With("9F 0B"), _rig.AtHost(_rig.FromPlug("9F 0B")));
        // Transfer End with the temporary keys again
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Temporary));
        _rig.HostAsks();
        Assert.Equal(Opened.With("9F 0C 02", SecurityClass.S2Temporary), _rig.AtPlug(_rig.FromHost("9F 0C 02", SecurityClass.S2Temporary)));
    }

    [Fact]
    public void Temporary_keys_leave_nothing_behind()
    {
        UseTemporaryKeys();
        _rig.Agreed(SecurityClass.S2Temporary);
        Assert.True(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Temporary));
        _rig.Host.SetTemporaryKeys(_rig.PlugId, null);
        Assert.False(_rig.Host.CanEncrypt(_rig.PlugId, SecurityClass.S2Temporary));
        Assert.Equal(Opened.Not(Security2Result.NotDecrypted), _rig.AtHost(_rig.FromPlug(Report, SecurityClass.S2Temporary)));
    }

    [Fact]
    public void Network_key_sequence_outlives_the_end_of_the_key_exchange()
    {
        UseTemporaryKeys();
        _rig.Agreed();
        _rig.Host.SetTemporaryKeys(_rig.PlugId, null);
        _rig.Plug.SetTemporaryKeys(Security2Rig.HostId, null);
        Assert.Equal(Opened.With(On), _rig.AtPlug(_rig.FromHost(On)));
    }

    [Fact]
    public void Temporary_keys_are_of_one_node()
    {
        UseTemporaryKeys();
        var other = new NodeId(3);
        _rig.Host.OnNonceReport(other, _rig.Plug.CreateNonceReport(Security2Rig.HostId));
        Assert.False(_rig.Host.CanEncrypt(other, SecurityClass.S2Temporary));
    }

    private void UseTemporaryKeys()
    {
        var keys = Security2Keys.FromSharedSecret(new byte[32], new byte[32], new byte[32]);
        _rig.Host.SetTemporaryKeys(_rig.PlugId, keys);
        _rig.Plug.SetTemporaryKeys(Security2Rig.HostId, keys);
    }
}
