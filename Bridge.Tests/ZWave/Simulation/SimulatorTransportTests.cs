using System.Net;
using System.Net.Sockets;
using Bridge.Tests.Support;
using Bridge.ZWave.Simulation;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>The two ways to the simulated controller: inside the process and on TCP.</summary>
public sealed class SimulatorTransportTests
{
    private static SimulatedController NewController() => new(SimulatedNetwork.CreateDefault(new ManualTimeProvider()), NullLogger.Instance);

    private static async Task AskAsync(FakeController host)
    {
        // GetSUCNodeId
        await host.SendAsync("01 03 00 56 AA");
        await host.ExpectAsync("06 01 04 01 56 01 AD");
        await host.SendAsync("06");
    }

    [Fact]
    public async Task The_line_inside_the_process_may_be_opened_again_and_again()
    {
        await using var transport = new SimulatorTransport(NewController());

        for (var time = 0; time < 3; time++)
        {
            await using var host = new FakeController(await transport.OpenAsync(TestContext.Current.CancellationToken));
            await AskAsync(host);
        }
    }

    [Fact]
    public async Task A_controller_pulled_out_ends_the_line_and_cannot_be_opened()
    {
        await using var transport = new SimulatorTransport(NewController());
        await using var host = new FakeController(await transport.OpenAsync(TestContext.Current.CancellationToken));
        await AskAsync(host);

        transport.IsPlugged = false;
        await Assert.ThrowsAsync<IOException>(() => transport.OpenAsync(TestContext.Current.CancellationToken));

        transport.IsPlugged = true;
        await using var again = new FakeController(await transport.OpenAsync(TestContext.Current.CancellationToken));
        await AskAsync(again);
    }

    [Fact]
    public async Task On_TCP_a_new_client_takes_the_place_of_the_one_before()
    {
        await using var server = SimulatorServer.Start(NewController(), new(IPAddress.Loopback, 0), NullLogger.Instance);
        using var first = new TcpClient();
        await first.ConnectAsync(server.Endpoint);
        await using var firstHost = new FakeController(first.GetStream());
        await AskAsync(firstHost);

        using var second = new TcpClient();
        await second.ConnectAsync(server.Endpoint);
        await using var secondHost = new FakeController(second.GetStream());
        await AskAsync(secondHost);

        await firstHost.ExpectEndAsync();
    }

    [Fact]
    public async Task A_client_that_breaks_off_makes_room_for_the_next()
    {
        await using var server = SimulatorServer.Start(NewController(), new(IPAddress.Loopback, 0), NullLogger.Instance);
        using (var first = new TcpClient { LingerState = new(true, 0) })
        {
            await first.ConnectAsync(server.Endpoint);
        }

        using var second = new TcpClient();
        await second.ConnectAsync(server.Endpoint);
        await using var host = new FakeController(second.GetStream());

        await AskAsync(host);
    }
}
