using Bridge.ZWave;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Network;

/// <summary>Our host and a plug that speaks Security 2.</summary>
public sealed class SecureNodeTests : IAsyncLifetime
{
    private static readonly NetworkTimeouts s_quick = NetworkBench.Quick with
    {
        Nonce = TimeSpan.FromMilliseconds(150),
        Decryption = TimeSpan.FromMilliseconds(60),
        Supervision = TimeSpan.FromMilliseconds(300),
    };

    private readonly NetworkKeys _keys = NetworkKeys.Generate();
    private NetworkBench _bench = null!;
    private SecurePlug _plug = null!;

    public async ValueTask InitializeAsync()
    {
        var plugs = new SimulatedNetwork(TimeProvider.System, new(0xC0DE2026), new(1));
        var plain = SimulatedNetwork.CreateDefault(TimeProvider.System)[2].Plug;
        var node = plugs.Add(new(2), plain with { CommandClasses = [.. plain.CommandClasses, new(Security2CommandClass.Id, 1)] });
        _bench = new(plugs, s_quick, keys: _keys);
        _plug = new(plugs, node, _keys, SecurityClass.S2Authenticated);
        _bench.Network.Start();
        await _bench.Probe.UntilInterviewedAsync(new NodeId(2));
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Node_that_nobody_knows_is_found_with_its_strongest_key_and_interviewed_with_it()
    {
        Assert.Equal(SecurityClass.S2Authenticated, await ReadAsync(static node => node.SecurityClass));
        Assert.Empty(_plug.PlainCommands);
        Assert.Contains("86 11", _plug.Decrypted);
        Assert.True(await ReadAsync(static node => node.Root.Supports(MeterCommandClass.Id)));
    }

    [Fact]
    public async Task Switch_is_set_supervised_and_encrypted()
    {
        Assert.True(await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: true));
        Assert.Contains(_plug.Decrypted, static hex => hex.StartsWith("6C 01", StringComparison.Ordinal) && hex.Contains("25 01 FF", StringComparison.Ordinal));
        Assert.Empty(_plug.PlainCommands);
    }

    [Fact]
    public async Task Command_the_node_could_not_decrypt_is_sent_again_with_the_same_session()
    {
        var before = _bench.Network.Counters.NotDecryptedByNode;
        _plug.LoseNonces();
        Assert.True(await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: true));
        Assert.True(_bench.Plugs[2].IsOn());
        Assert.Equal(before + 1, _bench.Network.Counters.NotDecryptedByNode);
    }

    [Fact]
    public async Task Report_of_a_node_that_lost_its_nonces_arrives()
    {
        _plug.LoseNonces();
        _bench.Plugs[2].PressButton();
        await _bench.UntilAsync(0, SwitchBinaryCommandClass.State, Bridge.ZWave.Values.Value.Of(true));
    }

    [Fact]
    public async Task Repeated_frame_is_dropped_and_counted()
    {
        await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: true);
        var before = _bench.Probe.Commands.Count;
        _plug.RepeatLast();
        await UntilAsync(() => _bench.Network.Counters.RepetitionsDropped == 1);
        Assert.Equal(before, _bench.Probe.Commands.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Tampered_frame_is_rejected_and_the_next_command_works(int fromEnd)
    {
        await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: true);
        var frame = _plug.Damaged(fromEnd);
        frame[2] += 7;
        _plug.Forge(frame);
        await UntilAsync(() => _bench.Network.Counters.NotDecrypted == 1);
        Assert.False(await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: false));
    }

    [Fact]
    public async Task Report_in_the_clear_is_not_believed()
    {
        _plug.Forge([0x25, 0x03, 0xFF]);
        await UntilAsync(() => _bench.Network.Counters.InsecureRefused == 1);
        Assert.NotEqual(true, await _bench.StateAsync(0));
    }

    [Fact]
    public async Task Command_is_given_up_and_never_sent_in_the_clear_when_the_node_gives_no_nonce()
    {
        _plug.IsSilent = true;
        _plug.LoseNonces();
        // The first finds out that the nonces are lost, the second has none to begin with.
        await Assert.ThrowsAsync<ZWaveException>(() => _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: true));
        Assert.Empty(_plug.PlainCommands);
        Assert.False(_bench.Plugs[2].IsOn());
    }

    [Fact]
    public async Task Old_command_cannot_be_called_back_by_a_nonce_report()
    {
        await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: true);
        await _bench.Network.SetSwitchAsync(new(2), EndpointIndex.Root, isOn: false);
        var before = _plug.Decrypted.Count;
        var repeated = _bench.Network.Counters.NotDecryptedByNode;
        _plug.Forge([0x9F, 0x02, 0x77, 0x01, .. new byte[16]]);
        await _bench.Network.PingAsync(new(2));
        Assert.Equal(before, _plug.Decrypted.Count);
        Assert.Equal(repeated, _bench.Network.Counters.NotDecryptedByNode);
    }

    [Fact]
    public async Task Commands_in_quick_succession_all_arrive_in_order()
    {
        _plug.LoseNonces();
        var parameters = Enumerable.Range(0, 5).Select(index => _bench.Network.SetParameterAsync(new(2), 3, 10 + index)).ToArray();
        foreach (var parameter in parameters)
        {
            try
            {
                await parameter;
            }
            catch (ZWaveException exception) when (exception.Code is ZWaveErrorCode.Superseded or ZWaveErrorCode.NotConfirmed)
            {
                // A later one was quicker.
            }
        }

        Assert.Equal(14, _bench.Plugs[2].ReadParameter(3));
    }

    private Task<T> ReadAsync<T>(Func<Node, T> read) => _bench.Network.ReadAsync(view => read(view.FindNode(new(2))!));

    private async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 200 && !condition(); attempt++) await _bench.Network.PingAsync(new(2));
        Assert.True(condition());
    }
}
