using System.Net;
using System.Net.Sockets;
using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>The peers themselves: what the tests of our host and our simulator stand on.</summary>
public sealed class PeerSelfTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MockNetwork_answers_GetVersion_with_an_acknowledgement_and_a_response()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await ConnectAsync(network);

        // REQ GetVersion
        await client.GetStream().WriteAsync(WireAssert.Bytes("01 03 00 15 E9"), Token);

        Assert.Equal("06", Hex.Spaced(await ReadAsync(client, 1)));
        var response = await ReadFrameAsync(client);
        // RES, function 15, "Z-Wave 7.17.99" with its final 00, library type 1
        Assert.Equal("01 15 5A 2D 57 61 76 65 20 37 2E 31 37 2E 39 39 00 01", Hex.Spaced(response));
    }

    [Fact]
    public async Task MockNetwork_takes_a_frame_cut_in_two_and_two_frames_in_one_write()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await ConnectAsync(network);
        var stream = client.GetStream();

        await stream.WriteAsync(WireAssert.Bytes("01 03 00"), Token);
        await stream.WriteAsync(WireAssert.Bytes("15 E9"), Token);
        Assert.Equal("06", Hex.Spaced(await ReadAsync(client, 1)));
        Assert.Equal("01 15", Hex.Spaced((await ReadFrameAsync(client)).AsSpan(0, 2)));

        // ACK of the response, then GetControllerId (20)
        await stream.WriteAsync(WireAssert.Bytes("06 01 03 00 20 DC"), Token);
        Assert.Equal("06", Hex.Spaced(await ReadAsync(client, 1)));
        // RES, home id C0FFEE01, own node 1
        Assert.Equal("01 20 C0 FF EE 01 01", Hex.Spaced(await ReadFrameAsync(client)));
    }

    [Fact]
    public async Task MockNetwork_sends_a_report_that_a_test_injects()
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await ConnectAsync(network);
        await network.Peer.NextEventAsync("connected");

        await network.ReportAsync(node: 4, "25 03 FF", endpoint: 2);

        // REQ ApplicationCommandHandler (04), status 00, node 4, 7 bytes: Multi Channel from endpoint 2 to 0
        Assert.Equal("00 04 00 04 07 60 0D 02 00 25 03 FF", Hex.Spaced(await ReadFrameAsync(client)));
    }

    [Theory]
    [InlineData("nak", "15")]
    [InlineData("can", "18")]
    public async Task MockNetwork_refuses_one_frame_when_told_and_takes_the_next(string fault, string answer)
    {
        await using var network = await MockNetwork.StartAsync();
        using var client = await ConnectAsync(network);
        await network.ArmAsync(fault);

        await client.GetStream().WriteAsync(WireAssert.Bytes("01 03 00 15 E9"), Token);
        Assert.Equal(answer, Hex.Spaced(await ReadAsync(client, 1)));
        await client.GetStream().WriteAsync(WireAssert.Bytes("01 03 00 15 E9"), Token);
        Assert.Equal("06", Hex.Spaced(await ReadAsync(client, 1)));
    }

    [Fact]
    public async Task DriverHost_interviews_the_mock_network_to_the_end_without_an_error()
    {
        await using var network = await MockNetwork.StartAsync();
        await using var host = DriverHost.Start(network.Port, Limit);

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

    private static async Task<TcpClient> ConnectAsync(MockNetwork network)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, network.Port, Token);
        return client;
    }

    private static async Task<byte[]> ReadAsync(TcpClient client, int count)
    {
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes, Token).AsTask().WaitAsync(Limit, TimeProvider.System, Token);
        return bytes;
    }

    /// <summary>The next data frame from its type byte to the last byte of its payload.</summary>
    private static async Task<byte[]> ReadFrameAsync(TcpClient client)
    {
        var head = await ReadAsync(client, 2);
        Assert.Equal(DataFrame.StartOfFrame, head[0]);
        var rest = await ReadAsync(client, head[1]);
        Assert.Equal(DataFrame.Checksum([head[1], .. rest[..^1]]), rest[^1]);
        return rest[..^1];
    }
}
