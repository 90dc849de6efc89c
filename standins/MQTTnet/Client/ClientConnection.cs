#pragma warning disable CA1001 // The token source has no timer, and calls may come after the end: nothing to dispose, and no good time to.
using System.Net.Sockets;
using System.Security.Authentication;
using StandIns.Wire;

namespace StandIns.Client;

/// <summary>
/// One connection to a broker, from CONNECT to its end. Any thread may call. Messages are handed out by the receive loop one at a time, and the end after the
/// last of them, once.
/// </summary>
internal sealed class ClientConnection(Action<PublishPacket> received, Action<ConnectionEnd> ended)
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Exchanges _exchanges = new();
    private readonly TaskCompletionSource _loopEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream? _stream;
    private PacketSender? _sender;
    private Incoming? _incoming;
    private ConnectionEnd? _end;
    private ProtocolLevel _level;
    private bool _isOpen;

    public bool IsOpen => _isOpen && Volatile.Read(ref _end) is null;

    /// <summary>Opens the connection. A refusal by the broker is an answer, not a fault; the connection is closed then.</summary>
    /// <exception cref="ConnectionFault">Not reachable, not trusted, or not an answer of a broker.</exception>
    /// <exception cref="OperationCanceledException"/>
    public async Task<ConnAckPacket> OpenAsync(ConnectionTarget target, ConnectPacket connect, CancellationToken cancellationToken)
    {
        try
        {
            _stream = await Channel.OpenAsync(target, cancellationToken).ConfigureAwait(false);
            _level = connect.Level;
            var decoder = new PacketDecoder(PacketSource.Broker) { Level = connect.Level, MaximumPacketSize = connect.MaximumPacketSize ?? uint.MaxValue };
            var receiver = new PacketReceiver(_stream, decoder);
            _sender = new PacketSender(_stream, connect.Level, SendFailed);
            await _sender.SendAsync(connect).WaitAsync(cancellationToken).ConfigureAwait(false);
            var answer = await FirstAnswerAsync(receiver, cancellationToken).ConfigureAwait(false);
            if (answer.ReasonCode != ReasonCode.Success) Finish(new ConnectionEnd(WasOpen: false, answer.ReasonCode, answer.ReasonString, Fault: null));
            else Start(receiver, connect, answer);
            return answer;
        }
        catch (Exception cause) when (cause is SocketException or IOException or AuthenticationException or ObjectDisposedException or ArgumentException)
        {
            var fault = new ConnectionFault(cause.Message, cause);
            Finish(new ConnectionEnd(WasOpen: false, default, null, fault));
            throw fault;
        }
        catch (Exception cause) when (cause is ConnectionFault or OperationCanceledException)
        {
            Finish(new ConnectionEnd(WasOpen: false, default, null, cause as ConnectionFault ?? new ConnectionFault(cause.Message, cause)));
            throw;
        }
    }

    /// <summary>Sends a message of QoS 0; completed when the network has taken it.</summary>
    /// <exception cref="ConnectionFault">The connection is or was lost.</exception>
    public Task SendAsync(PublishPacket packet) => _sender!.SendAsync(packet);

    /// <summary>Sends a message of QoS 1 or 2; completed by the acknowledgement.</summary>
    /// <exception cref="ConnectionFault">The connection is or was lost.</exception>
    public Task<Packet> PublishAsync(PublishPacket packet)
    {
        var exchange = new Exchange(packet.QualityOfService == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec);
        _exchanges.Begin(exchange);
        packet.PacketId = exchange.PacketId;
        return Start(exchange, packet);
    }

    /// <exception cref="ConnectionFault">The connection is or was lost.</exception>
    public async Task<SubAckPacket> SubscribeAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(PacketType.SubAck);
        _exchanges.Begin(exchange);
        var packet = new SubscribePacket(exchange.PacketId, subscriptions);
        // A caller that waits no longer leaves the identifier in use: the broker may still answer.
        var answer = (SubAckPacket)await Start(exchange, packet).WaitAsync(cancellationToken).ConfigureAwait(false);
        // "MUST contain a Reason Code for each Topic Filter" [MQTT-3.9.3-1]
        if (answer.ReasonCodes.Count == subscriptions.Count) return answer;
        throw Broken(ReasonCode.ProtocolError, $"the broker answered {subscriptions.Count} filters with {answer.ReasonCodes.Count} codes");
    }

    /// <exception cref="ConnectionFault">The connection is or was lost.</exception>
    public async Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(PacketType.UnsubAck);
        _exchanges.Begin(exchange);
        await Start(exchange, new UnsubscribePacket(exchange.PacketId, filters)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says goodbye and closes; returns when no more message is handed out.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen) return;
        try
        {
            await _sender!.SendAsync(new DisconnectPacket()).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionFault)
        {
            // It is gone already, which is what was wanted.
        }
        finally
        {
            Finish(new ConnectionEnd(WasOpen: true, default, null, Fault: null));
        }

        await _loopEnded.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes without a goodbye: the broker publishes the will.</summary>
    public void Abort(string reason) => Finish(new ConnectionEnd(_isOpen, default, null, new ConnectionFault(reason)));

    private static async Task<ConnAckPacket> FirstAnswerAsync(PacketReceiver receiver, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = receiver.Next();
            switch (result.Status)
            {
                case DecodeStatus.Complete when result.Packet is ConnAckPacket answer: return answer;
                case DecodeStatus.Complete: throw new ConnectionFault($"the broker answered CONNECT with {result.Packet!.Type}");
                case DecodeStatus.Malformed or DecodeStatus.TooLarge: throw new ConnectionFault($"the broker's answer is not MQTT: {result.Fault}");
                default:
                    if (await receiver.FillAsync(cancellationToken).ConfigureAwait(false)) break;
                    throw new ConnectionFault("the broker closed the connection before it answered CONNECT");
            }
        }
    }

    private void Start(PacketReceiver receiver, ConnectPacket connect, ConnAckPacket answer)
    {
        var seconds = answer.ServerKeepAliveSeconds ?? connect.KeepAliveSeconds;
        var keepAlive = new KeepAlive(_sender!, TimeSpan.FromSeconds(seconds));
        _incoming = new Incoming(_sender!, _exchanges, keepAlive, received, connect.Level);
        _isOpen = true;
        _ = Task.Run(() => ReceiveAsync(receiver, keepAlive));
        if (seconds > 0) _ = Task.Run(() => WatchAsync(keepAlive));
    }

    private async Task ReceiveAsync(PacketReceiver receiver, KeepAlive keepAlive)
    {
        try
        {
            while (Volatile.Read(ref _end) is null)
            {
                var result = receiver.Next();
                if (result.Status == DecodeStatus.Complete)
                {
                    if (_incoming!.Handle(result.Packet!) is { } end) Finish(end);
                }
                else if (result.Status != DecodeStatus.NeedMore)
                {
                    throw Broken(result.Reason, $"the broker sent what is not MQTT: {result.Fault}");
                }
                else
                {
                    // Answers to all that came together leave together.
                    _sender!.Flush();
                    if (!await receiver.FillAsync(_ending.Token).ConfigureAwait(false)) Finish(new ConnectionEnd(WasOpen: true, default, null, Fault: null));
                    keepAlive.Received();
                }
            }
        }
        catch (ConnectionFault)
        {
            // It was told already.
        }
        catch (Exception cause)
        {
            Finish(new ConnectionEnd(WasOpen: true, default, null, new ConnectionFault(cause.Message, cause)));
        }
        finally
        {
            _loopEnded.TrySetResult();
            ended(_end!);
        }
    }

    private async Task WatchAsync(KeepAlive keepAlive)
    {
        if (!await keepAlive.WatchAsync(_ending.Token).ConfigureAwait(false)) return;
        Finish(new ConnectionEnd(WasOpen: true, default, null, new ConnectionFault("the broker did not answer a ping in time")));
    }

    private Task<Packet> Start(Exchange exchange, Packet packet)
    {
        try
        {
            _sender!.Add(packet);
        }
        catch (ArgumentException)
        {
            _exchanges.End(exchange.PacketId);
            throw;
        }

        _sender.Flush();
        return exchange.Task;
    }

    private void SendFailed(Exception cause) => Finish(new ConnectionEnd(WasOpen: _isOpen, default, null, new ConnectionFault(cause.Message, cause)));

    /// <summary>Tells the broker what is wrong with what it sent, and ends the connection.</summary>
    private ConnectionFault Broken(ReasonCode reason, string words)
    {
        // In 3.1.1 a DISCONNECT would be a goodbye.
        if (_level == ProtocolLevel.Version5) _sender!.Add(new DisconnectPacket { ReasonCode = reason });
        _sender!.Flush();
        var fault = new ConnectionFault(words);
        Finish(new ConnectionEnd(WasOpen: true, default, null, fault));
        return fault;
    }

    private void Finish(ConnectionEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null) return;
        _ending.Cancel();
        _sender?.Close();
        _stream?.Dispose();
        _exchanges.Fail(end.Fault ?? new ConnectionFault(WordsOf(end)));
        if (_incoming is null) _loopEnded.TrySetResult();
    }

    private static string WordsOf(ConnectionEnd end)
    {
        if (end.Reason == ReasonCode.Success) return "the connection is closed";
        return end.ReasonString is { } text ? $"the broker said goodbye: {end.Reason}, {text}" : $"the broker said goodbye: {end.Reason}";
    }
}
