using Bridge.Mqtt;
using Bridge.ZWave.Network;

namespace Bridge;

/// <summary>
/// Opens the broker connection at the right moment: at once where our client id is known, else when the controller has told the home id it is made of, or
/// has not for a while: then people are to see why.
/// </summary>
internal sealed class ConnectionStart : INetworkObserver, IDisposable
{
    /// <summary>A controller that is there answers far earlier.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly MqttConnection _connection;
    private readonly bool _isIdentityKnown;
    private readonly ITimer _timer;
    private int _isStarted;

    public ConnectionStart(MqttConnection connection, bool isIdentityKnown, TimeProvider time)
    {
        _connection = connection;
        _isIdentityKnown = isIdentityKnown;
        _timer = time.CreateTimer(_ => Open(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Begin()
    {
        if (_isIdentityKnown) Open();
        else _timer.Change(s_patience, Timeout.InfiniteTimeSpan);
    }

    public void ControllerChanged(ControllerStatus status)
    {
        if (status == ControllerStatus.Ready) Open();
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _isStarted, 1);
        _timer.Dispose();
    }

    private void Open()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0) _connection.Start();
    }
}
