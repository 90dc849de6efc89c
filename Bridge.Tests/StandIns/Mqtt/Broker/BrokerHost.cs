using System.Net;
using Bridge.Tests.Support;
using StandIns.Broker;
using StandIns.Wire;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>The broker on a free port of loopback, with time that a test moves.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly TcpBroker _broker;

    private BrokerHost(BrokerLimits limits)
    {
        _broker = new(limits, Time, Observer);
        Address = _broker.Start(new(IPAddress.Loopback, 0));
    }

    public IPEndPoint Address { get; }

    public ManualTimeProvider Time { get; } = new();

    public RecordingObserver Observer { get; } = new();

    public TcpBroker Broker => _broker;

    public static BrokerHost Start(BrokerLimits? limits = null) => new(limits ?? new());

    public Task<RawMqttClient> ConnectAsync(string clientId, ProtocolLevel level = ProtocolLevel.Version5) =>
        RawMqttClient.ConnectedAsync(Address, clientId, level);

    public Task<(RawMqttClient Client, ConnAckPacket Answer)> ConnectAsync(ConnectPacket connect) => RawMqttClient.ConnectAsync(Address, connect);

    /// <summary>Lets time pass.</summary>
    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until the broker noticed that the client's line broke.</summary>
    public Task GoneAsync(string clientId, int times = 1) => Observer.EndedAsync(clientId, times);

    public ValueTask DisposeAsync() => _broker.DisposeAsync();
}

/// <summary>Lets everybody in and everything through, and remembers it.</summary>
internal sealed class RecordingObserver : IBrokerObserver
{
    private readonly Lock _gate = new();
    private readonly List<string> _gone = [];
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<ConnectPacket, ReasonCode> Admit { get; set; } = static _ => ReasonCode.Success;

    public Func<BrokerMessage, PublishDecision> Decide { get; set; } = static message => new(message);

    public List<string> Retained { get; } = [];

    public int Drops { get; private set; }

    public ValueTask<ReasonCode> AdmitAsync(ConnectPacket packet) => new(Admit(packet));

    public ValueTask<PublishDecision> DecideAsync(string clientId, BrokerMessage message) => new(Decide(message));

    public ValueTask ConnectedAsync(string clientId) => ValueTask.CompletedTask;

    public ValueTask DisconnectedAsync(string clientId, ConnectionEnd end)
    {
        lock (_gate)
        {
            _gone.Add(clientId);
            _change.TrySetResult();
            _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask RetainedChangedAsync(string clientId, BrokerMessage message)
    {
        Retained.Add($"{clientId} {message.Topic} {message.Payload.Length}");
        return ValueTask.CompletedTask;
    }

    public ValueTask DroppedAsync(string clientId)
    {
        Drops++;
        return ValueTask.CompletedTask;
    }

    public async Task EndedAsync(string clientId, int times)
    {
        while (true)
        {
            Task change;
            lock (_gate)
            {
                if (_gone.Count(gone => gone == clientId) >= times) return;
                change = _change.Task;
            }

            await change.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
    }
}
