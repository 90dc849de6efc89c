using System.Buffers;
using System.Net.Sockets;
using StandIns.Wire;

namespace StandIns.Broker;

/// <summary>Moves the bytes of one client: reads packets and has them handled, writes what is to be sent, watches the time.</summary>
internal sealed class ClientSocket : IDisposable
{
    private const int InitialBuffer = 4 * 1024;
    private const int KeptBuffer = 64 * 1024;

    /// <summary>A client that does not read its answers is not read from while so many bytes wait.</summary>
    private const int MaximumPending = 256 * 1024;

    /// <summary>So often a thread that came by sends for this client before it hands the work on.</summary>
    private const int RoundsInARow = 16;

    private readonly Socket _socket;
    private readonly BrokerCore _core;
    private readonly PacketHandler _handler;
    private readonly PacketDecoder _decoder = new(PacketSource.Client);
    private readonly ITimer _timer;
    private byte[] _buffer = new byte[InitialBuffer];
    private int _filled;
    private long _lastHeard;
    private bool _isSending;
    private bool _isSayingGoodbye;
    private TaskCompletionSource? _drained;

    public ClientSocket(Socket socket, BrokerCore core, IBrokerObserver observer)
    {
        _socket = socket;
        _core = core;
        Connection = new(core, this);
        _handler = new(core, Connection, observer, _decoder);
        _decoder.MaximumPacketSize = (uint)core.Limits.PacketSize;
        _lastHeard = core.Time.GetTimestamp();
        _timer = core.Time.CreateTimer(
            static state => ((ClientSocket)state!).OnTimer(),
            this,
            core.Limits.ConnectLimit,
            Timeout.InfiniteTimeSpan);
    }

    public Connection Connection { get; }

    /// <summary>Serves the client until its connection ends. Throws nothing.</summary>
    public async Task ServeAsync()
    {
        try
        {
            while (await ReceiveAsync().ConfigureAwait(false))
            {
                var goesOn = await HandleAsync().ConfigureAwait(false);
                await _core.FlushAsync().ConfigureAwait(false);
                if (!goesOn) break;
                await WaitUntilReadAsync().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The line broke, or the observer has a fault: the same as an end without DISCONNECT. Other clients are served on.
        }

        lock (_core.Gate)
        {
            _core.Detach(Connection, ConnectionEnd.Unclean, publishesWill: true);
            Connection.End();
        }

        await _core.FlushAsync().ConfigureAwait(false);
        await _handler.LeaveAsync().ConfigureAwait(false);
        await SeeOffAsync().ConfigureAwait(false);
        Dispose();
    }

    /// <summary>With the gate: from now on the client has only so long to take what is left for it.</summary>
    public void BeginGoodbye()
    {
        _isSayingGoodbye = true;
        _timer.Change(_core.Limits.GoodbyeLimit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>With the gate, once CONNECT is accepted: the client is watched from here on.</summary>
    public void WatchKeepAlive() =>
        _timer.Change(Connection.KeepAlive > TimeSpan.Zero ? Connection.KeepAlive : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Sends what the connection has, on this thread as far as the line takes it. Without the gate.</summary>
    public void StartSending()
    {
        lock (_core.Gate)
        {
            if (_isSending) return;
            _isSending = true;
        }

        _ = SendAsync();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _socket.Dispose();
    }

    /// <returns>False: the client closed.</returns>
    private async ValueTask<bool> ReceiveAsync()
    {
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        else if (_filled == 0 && _buffer.Length > KeptBuffer) _buffer = new byte[InitialBuffer];
        var count = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None).ConfigureAwait(false);
        _lastHeard = _core.Time.GetTimestamp();
        _filled += count;
        return count > 0;
    }

    /// <summary>Handles every complete packet that was received.</summary>
    /// <returns>False: the connection ends.</returns>
    private async ValueTask<bool> HandleAsync()
    {
        var start = 0;
        while (true)
        {
            var result = _decoder.Decode(new ReadOnlySequence<byte>(_buffer, start, _filled - start));
            if (result.Status == DecodeStatus.NeedMore) break;
            if (result.Status != DecodeStatus.Complete)
            {
                var isConnect = result.Status == DecodeStatus.Malformed && _buffer[start] == (byte)PacketType.Connect << 4;
                _handler.Refuse(result.Reason, isConnect);
                return false;
            }

            start += result.Consumed;
            if (!await _handler.HandleAsync(result.Packet!).ConfigureAwait(false)) return false;
        }

        _filled -= start;
        if (start > 0 && _filled > 0) _buffer.AsSpan(start, _filled).CopyTo(_buffer);
        return true;
    }

    private async Task SendAsync()
    {
        try
        {
            for (var round = 1; TakeBatch() is { } batch; round++)
            {
                var rest = batch.Written;
                while (!rest.IsEmpty) rest = rest[await _socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
                if (round % RoundsInARow == 0) await Task.Yield();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Nobody reads it any more. Reading fails as well, and that is where the connection is ended.
            Abandon();
        }
    }

    private PacketBuffer? TakeBatch()
    {
        lock (_core.Gate)
        {
            if (Connection.TakeBatch() is { } batch) return batch;
            _isSending = false;
            _drained?.TrySetResult();
            _drained = null;
            // The client sees the end at once; what it still sends is read and thrown away, so that nothing on its way to it is lost.
            if (_isSayingGoodbye) TryShutdown();
            return null;
        }
    }

    private void Abandon()
    {
        lock (_core.Gate)
        {
            _drained?.TrySetResult();
            _drained = null;
        }

        // _isSending stays: nothing is sent any more.
        _socket.Dispose();
    }

    /// <summary>Waits while too much is pending for a client that does not read.</summary>
    private ValueTask WaitUntilReadAsync()
    {
        lock (_core.Gate)
        {
            if (!_isSending || Connection.PendingBytes < MaximumPending) return ValueTask.CompletedTask;
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(_drained.Task);
        }
    }

    /// <summary>Reads until the client closes, too, or its time is up.</summary>
    private async Task SeeOffAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_buffer.AsMemory(), SocketFlags.None).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Gone already.
        }
    }

    private void TryShutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Gone already.
        }
    }

    private void OnTimer()
    {
        lock (_core.Gate)
        {
            if (!_isSayingGoodbye && Connection.Session is not null)
            {
                var left = Connection.KeepAlive - _core.Time.GetElapsedTime(_lastHeard);
                if (left > TimeSpan.Zero)
                {
                    _timer.Change(left, Timeout.InfiniteTimeSpan);
                    return;
                }

                _core.Detach(Connection, ConnectionEnd.Unclean, publishesWill: true);
                Connection.End(ReasonCode.KeepAliveTimeout);
            }
            else
            {
                // No CONNECT in time, or a goodbye that is not read. Ends the reading, too.
                _socket.Dispose();
                return;
            }
        }

        _ = _core.FlushAsync().AsTask();
    }
}
