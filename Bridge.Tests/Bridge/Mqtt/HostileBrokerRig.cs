using Bridge.Mqtt;
using Bridge.Tests.Support;
using Xunit;

namespace Bridge.Tests.Mqtt;

/// <summary>A link, and a broker on bytes that does what a test wants.</summary>
public abstract class HostileBrokerRig : IAsyncDisposable
{
    private protected const string Accepted = "20 03 00 00 00";
    private protected const string Accepted311 = "20 02 00 00";

    private protected HostileBroker Broker { get; } = new();

    private protected LinkProbe Probe { get; } = new(new MqttNetLink(TimeProvider.System));

    protected static CancellationToken None => CancellationToken.None;

    public async ValueTask DisposeAsync()
    {
        await Probe.DisposeAsync();
        await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The library is less strict (standins/README.md): there only the limit for answers and the keep-alive time help.</summary>
    protected static void SkipWithPackages() => Assert.SkipUnless(StandIns.StandInLibrary.IsUsed, "this build has the package, which takes such packets");

    private protected static async Task<List<string>> TakeAsync(HostileConnection connection, int count)
    {
        List<string> packets = [];
        while (packets.Count < count) packets.Add(Convert.ToHexString(await connection.ReceiveAsync()));
        return packets;
    }

    protected static Task<MqttLinkException> FailureAsync(Task request) =>
        Assert.ThrowsAsync<MqttLinkException>(() => request.WaitAsync(LinkProbe.Limit, TimeProvider.System));

    protected MqttConnectRequest Request(MqttProtocol protocol = MqttProtocol.Version5) =>
        new("127.0.0.1", Broker.Port, "hostile-test") { Protocol = protocol, Limit = TimeSpan.FromSeconds(30) };

    /// <summary>A connect that is answered with these bytes and a close; no loss is told.</summary>
    protected async Task<MqttLinkException> FailedConnectAsync(byte[] answer, MqttProtocol protocol = MqttProtocol.Version5)
    {
        var connect = Probe.Link.ConnectAsync(Request(protocol), None);
        var connection = await Broker.NextAsync();
        await connection.ReceiveAsync();
        await connection.SendAsync(answer);
        await connection.DisposeAsync();
        var failure = await FailureAsync(connect);
        Assert.False(Probe.Link.IsConnected);
        Assert.Equal(0, Probe.LossCount);
        return failure;
    }

    private protected async Task<HostileConnection> ConnectsAsync(MqttProtocol protocol = MqttProtocol.Version5)
    {
        var connect = Probe.Link.ConnectAsync(Request(protocol), None);
        var connection = await Broker.NextAsync();
        await connection.AcceptAsync(protocol == MqttProtocol.Version5 ? Accepted : Accepted311);
        await connect.WaitAsync(LinkProbe.Limit, TimeProvider.System);
        return connection;
    }
}
