using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The peers themselves: what the tests of our host and our simulator stand on.</summary>
public sealed class PeerSelfTests
{
    [Fact]
    public async Task MockNetwork_answers_GetVersion_with_an_acknowledgement_and_a_response()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);

        // REQ GetVersion
        await client.SayAsync("01 03 00 15 E9");

        Assert.Equal("06", await client.ReadByteAsync());
        // RES, function 15, "Z-Wave 7.17.99" with its final 00, library type 1
        Assert.Equal("01 15 5A 2D 57 61 76 65 20 37 2E 31 37 2E 39 39 00 01", await client.ReadFrameAsync());
    }

    [Fact]
    public async Task MockNetwork_takes_a_frame_cut_in_two_and_two_frames_in_one_write()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);

        await client.SayAsync("01 03 00");
        // the rest of GetVersion, then GetControllerId (20)
        await client.SayAsync("15 E9 01 03 00 20 DC");

        Assert.Equal("06", await client.ReadByteAsync());
        Assert.Equal("06", await client.ReadByteAsync());
        Assert.StartsWith("01 15", await client.ReadFrameAsync(), StringComparison.Ordinal);
        // RES, home id C0FFEE01, own node 1
        Assert.Equal("01 20 C0 FF EE 01 01", await client.ReadFrameAsync());
    }

    [Fact]
    public async Task MockNetwork_answers_a_wrong_checksum_with_a_NAK()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);

        await client.SayAsync("01 03 00 15 00");

        Assert.Equal("15", await client.ReadByteAsync());
    }

    [Fact]
    public async Task MockNetwork_sends_a_report_that_a_test_injects()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);

        await network.ReportAsync(node: 4, "25 03 FF", endpoint: 2);

        // REQ ApplicationCommandHandler (04), status 00, node 4, 7 bytes: Multi Channel from endpoint 2 to 0
        Assert.Equal("00 04 00 04 07 60 0D 02 00 25 03 FF", await client.ReadFrameAsync());
    }

    [Theory]
    [InlineData("nak", "15")]
    [InlineData("can", "18")]
    public async Task MockNetwork_refuses_one_frame_when_told_and_takes_the_next(string fault, string answer)
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);
        await network.ArmAsync(fault);

        await client.SayAsync("01 03 00 15 E9");
        Assert.Equal(answer, await client.ReadByteAsync());
        await client.SayAsync("01 03 00 15 E9");
        Assert.Equal("06", await client.ReadByteAsync());
    }

    // SendData to node 3, Switch Binary Get, all transmit options, callback 07
    private const string GetSwitch = "13 03 02 25 02 25 07";

    [Theory]
    // RES "sent", callback 07 with status OK, report "off"
    [InlineData(null, "01 13 01", "00 13 07 00", "00 04 00 03 03 25 03 00")]
    [InlineData("refuse", "01 13 00")]
    [InlineData("failTransmit", "01 13 01", "00 13 07 02")]
    [InlineData("dropResponse", "00 13 07 00", "00 04 00 03 03 25 03 00")]
    [InlineData("dropCallback", "01 13 01", "00 04 00 03 03 25 03 00")]
    [InlineData("dropCommand", "01 13 01", "00 13 07 00")]
    [InlineData("dropReport", "01 13 01", "00 13 07 00")]
    public async Task MockNetwork_fails_a_transmission_in_the_way_it_is_told(string? fault, params string[] frames)
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);
        if (fault is not null) await network.ArmAsync(fault, node: 3);

        await client.RequestAsync(GetSwitch);

        Assert.Equal("06", await client.ReadByteAsync());
        foreach (var frame in frames) Assert.Equal(frame, await client.ReadFrameAsync());
        // The next frame is the answer to another question, and nothing more was said by the plug.
        await client.RequestAsync("20");
        Assert.Equal("06", await client.ReadByteAsync());
        Assert.StartsWith("01 20", await client.ReadFrameAsync(), StringComparison.Ordinal);
        await network.Peer.RunAsync("state");
        Assert.Equal(frames.Count(frame => frame.StartsWith("00 04", StringComparison.Ordinal)), network.Peer.Events("answer").Count);
    }

    [Fact]
    public async Task MockNetwork_gives_a_delayed_callback_when_the_host_aborts()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);
        await network.Peer.RunAsync("fault", ("fault", "delayCallback"), ("ms", 600_000));

        await client.RequestAsync(GetSwitch);
        Assert.Equal("06", await client.ReadByteAsync());
        Assert.Equal("01 13 01", await client.ReadFrameAsync());
        // SendDataAbort
        await client.RequestAsync("16");

        Assert.Equal("06", await client.ReadByteAsync());
        // callback 07: no acknowledgement
        Assert.Equal("00 13 07 01", await client.ReadFrameAsync());
    }

    [Fact]
    public async Task MockNetwork_forgets_a_transmission_at_a_soft_reset()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);
        await network.Peer.RunAsync("fault", ("fault", "delayCallback"), ("ms", 600_000));
        await client.RequestAsync(GetSwitch);
        Assert.Equal("06", await client.ReadByteAsync());
        Assert.Equal("01 13 01", await client.ReadFrameAsync());

        await client.RequestAsync("08");

        Assert.Equal("06", await client.ReadByteAsync());
        // REQ SerialAPIStarted
        Assert.StartsWith("00 0A", await client.ReadFrameAsync(), StringComparison.Ordinal);
        await client.RequestAsync(GetSwitch);
        Assert.Equal("06", await client.ReadByteAsync());
        Assert.Equal("01 13 01", await client.ReadFrameAsync());
    }

    [Fact]
    public async Task A_dead_node_acknowledges_nothing()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await RawClient.ConnectAsync(network);
        await network.SetDeadAsync(3, isDead: true);

        await client.RequestAsync(GetSwitch);

        Assert.Equal("06", await client.ReadByteAsync());
        Assert.Equal("01 13 01", await client.ReadFrameAsync());
        Assert.Equal("00 13 07 01", await client.ReadFrameAsync());
        Assert.Empty(await network.ReceivedAsync(3));
    }

    [Fact]
    public async Task DriverHost_interviews_the_mock_network_to_the_end_without_an_error()
    {
        await using var network = await MockNetwork.StartAsync();
        await using var host = DriverHost.Start(network.Port, TimeSpan.FromSeconds(60));

        var nodes = await host.InterviewAsync();

        Assert.Equal([2, 3, 4], nodes.Select(node => node.Number("node")));
        Assert.All(nodes, node => Assert.True(node.GetProperty("interviewed").GetBoolean()));
        Assert.Empty(host.Errors);
        Assert.Empty(network.Peer.Events("undecodable"));
        Assert.Equal(15.33m, await host.ReadMeterAsync(node: 4, endpoint: 1, scale: 0));
        await host.SetSwitchAsync(node: 4, endpoint: 2, isOn: true);
        Assert.True(await host.GetSwitchAsync(node: 4, endpoint: 2));
        Assert.False(await host.GetSwitchAsync(node: 4, endpoint: 1));
    }
}
