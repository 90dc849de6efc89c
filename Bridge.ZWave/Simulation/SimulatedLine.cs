using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// The module's end of the line: bytes to frames and back, ACK for good frames and NAK for bad ones, own data frames one at a time and again when nobody
/// acknowledges them. Never throws on what it reads, holds at most <see cref="MaximumQueue"/> frames.
/// </summary>
internal sealed class SimulatedLine(Agenda agenda, SimulatedFaults faults, bool answersCollisionsWithCan)
{
    public const int MaximumQueue = 128;
    public static readonly TimeSpan UsualAckTimeout = TimeSpan.FromMilliseconds(1600);

    private const int Transmissions = 3;
    private const int FloodBytes = 115; // 10 ms at 115 200 baud
    private static readonly TimeSpan s_floodStep = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_frameLimit = TimeSpan.FromMilliseconds(1500);

    private readonly FrameParser _parser = new();
    private readonly Queue<byte[]> _queue = new();
    private byte[]? _outstanding;
    private int _transmissions;
    private Appointment? _ackLimit;
    private Appointment? _frameEnd;
    private Appointment? _flood;
    private long _hold;
    private byte[] _garbage = [];
    private bool _isListening = true;

    /// <summary>Where bytes go; null while nobody is connected: then nothing is kept.</summary>
    public Action<ReadOnlyMemory<byte>>? Output { get; private set; }

    /// <summary>Receives good frames, after their ACK.</summary>
    public required Action<DataFrame> FrameReceived { get; init; }

    /// <summary>How long it waits for an ACK; the host may set it.</summary>
    public TimeSpan AckTimeout { get; set; } = UsualAckTimeout;

    /// <summary>False while the module restarts: what arrives is lost, and so is what arrived and was not handled yet.</summary>
    public bool IsListening
    {
        get => _isListening;
        set
        {
            _isListening = value;
            if (!value) _parser.Reset();
        }
    }

    /// <summary>A host came (or went, null): the line begins anew.</summary>
    public void Connect(Action<ReadOnlyMemory<byte>>? output)
    {
        Output = output;
        _parser.Reset();
        _frameEnd?.Cancel();
        Forget();
    }

    /// <summary>Drops every frame that waits.</summary>
    public void Forget()
    {
        _ackLimit?.Cancel();
        _queue.Clear();
        _outstanding = null;
    }

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        if (!IsListening) return;
        _parser.Push(bytes);
        TakeEvents();
    }

    /// <summary>Queues a data frame; with nobody connected or the queue full it is lost.</summary>
    public void Send(DataFrame frame)
    {
        if (Output is null || _queue.Count >= MaximumQueue) return;
        _queue.Enqueue(frame.ToBytes());
        TransmitNext();
    }

    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        if (!faults.IsSilent) Output?.Invoke(bytes.ToArray());
    }

    public void PutBeforeNextFrame(ReadOnlyMemory<byte> bytes) => _garbage = [.. _garbage, .. bytes.Span];

    public void StartFlood()
    {
        _flood?.Cancel();
        var bytes = new byte[FloodBytes];
        Array.Fill(bytes, (byte)0xFF);
        SendRaw(bytes);
        _flood = agenda.After(s_floodStep, StartFlood);
    }

    public void StopFlood() => _flood?.Cancel();

    private void TakeEvents()
    {
        while (_parser.TryRead(out var read)) Take(read);
        if (!_parser.IsWaiting) _frameEnd?.Cancel();
        else if (_hold != _parser.HoldNumber || _frameEnd is null)
        {
            _frameEnd?.Cancel();
            _frameEnd = agenda.After(s_frameLimit, () =>
            {
                _parser.TimedOut();
                TakeEvents();
            });
        }

        _hold = _parser.HoldNumber;
    }

    private void Take(in LineEvent read)
    {
        switch (read.Kind)
        {
            case LineEventKind.Data: TakeFrame(read.Frame!); break;
            case LineEventKind.Invalid: SendRaw([LineEvent.Nak]); break;
            case LineEventKind.Ack: Acknowledged(); break;
            case LineEventKind.Nak or LineEventKind.Can when _outstanding is not null: Repeat(); break;
        }
    }

    private void TakeFrame(DataFrame frame)
    {
        if (frame.Type != FrameType.Request) return;
        if (faults.Strikes(SimulatedFaults.Fault.LostFrame)) return;
        if (faults.Strikes(SimulatedFaults.Fault.Nak)) SendRaw([LineEvent.Nak]);
        else if (faults.Strikes(SimulatedFaults.Fault.Can) || (answersCollisionsWithCan && _outstanding is not null)) SendRaw([LineEvent.Can]);
        else
        {
            if (!faults.Strikes(SimulatedFaults.Fault.LostAcknowledgement)) SendRaw([LineEvent.Ack]);
            FrameReceived(frame);
        }
    }

    private void Acknowledged()
    {
        _ackLimit?.Cancel();
        _outstanding = null;
        TransmitNext();
    }

    private void TransmitNext()
    {
        if (_outstanding is not null || !_queue.TryDequeue(out var frame)) return;
        _outstanding = frame;
        _transmissions = 0;
        Transmit();
    }

    private void Transmit()
    {
        _transmissions++;
        if (_garbage.Length > 0) SendRaw(_garbage);
        _garbage = [];
        SendRaw(_outstanding);
        _ackLimit = agenda.After(AckTimeout, Repeat);
    }

    /// <summary>Nobody acknowledged it: again, at most three times in all, then the frame is lost.</summary>
    private void Repeat()
    {
        _ackLimit?.Cancel();
        if (_transmissions < Transmissions) Transmit();
        else Acknowledged();
    }
}
