namespace Bridge.ZWave.Serial;

/// <summary>
/// Cuts the byte stream of the line into frames, control bytes and noise. Takes any split of the stream and gives the same events for all of them;
/// never throws, never holds more than two frames and <see cref="MaximumNoise"/> bytes of noise, has no clock. One thread at a time.
/// </summary>
/// <remarks>
/// A random 01 in front of good frames must not swallow them. So a frame that fails (wrong checksum, unknown type, not complete in time) gives
/// back what it covered:
/// <list type="bullet">
/// <item>When a whole good frame lies inside, the bytes before it are noise and reading goes on at that frame. It is answered with ACK like any
/// other; no NAK is sent, because a NAK would answer the good frame the module is waiting for and make it send that frame twice.</item>
/// <item>Otherwise a wrong checksum is <see cref="LineEventKind.Invalid"/> (NAK, the module repeats), the other two faults are noise without an answer.
/// A good frame may still have begun inside and end later: its possible starts are remembered and read beside the ordinary reading of what
/// follows; the first of all that comes to a right checksum wins. An ACK, NAK or CAN right behind the failed frame ends the doubt at once, so
/// nobody waits for it. A frame found this way may share bytes with an event reported earlier.</item>
/// </list>
/// Source: Serial API reference, malformed data frames.
/// </remarks>
public sealed class FrameParser
{
    /// <summary>Noise is reported in pieces of at most this many bytes.</summary>
    public const int MaximumNoise = 1024;

    private const int LongestFrame = DataFrame.MaximumPayload + DataFrame.Overhead;
    private const byte SmallestLength = 3;

    // A frame being collected starts at 0. In doubt, 0 is the first possible start inside the failed frame and _failedEnd is where that one ended.
    private readonly byte[] _held = new byte[2 * LongestFrame];
    private readonly byte[] _noise = new byte[MaximumNoise];
    private readonly Queue<LineEvent> _events = new();
    private int _heldCount;
    private int _failedEnd;
    private bool _inDoubt;
    private int _noiseCount;

    /// <summary>True while bytes are held back that <see cref="TimedOut"/> would release.</summary>
    public bool IsWaiting => _heldCount > 0 || _noiseCount > 0;

    /// <summary>Changes whenever the bytes held back begin anew: the frame limit counts from that moment.</summary>
    public long HoldNumber { get; private set; }

    /// <summary>
    /// Set right after a soft reset: a single stray byte with the low nibble 6 is taken as the ACK. Some modules of the 700 series send that one
    /// with a damaged high nibble (86, 46). Ends with the next control byte.
    /// </summary>
    public bool AcceptDamagedAck { get; set; }

    /// <summary>Takes bytes as they were read.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) Step(value);
    }

    /// <summary>The next event, in the order of the line.</summary>
    public bool TryRead(out LineEvent lineEvent) => _events.TryDequeue(out lineEvent);

    /// <summary>The frame limit (1500 ms after the first byte held back) is over: what is held is noise, except for good frames inside.</summary>
    public void TimedOut()
    {
        if (_inDoubt)
        {
            var behind = _held.AsSpan(_failedEnd, _heldCount - _failedEnd).ToArray();
            Release();
            if (behind.Length > 0) GiveUp(behind, checksumWrong: false);
        }
        else if (_heldCount > 0)
        {
            var held = _held.AsSpan(0, _heldCount).ToArray();
            Release();
            GiveUp(held, checksumWrong: false);
        }

        ReportNoise();
    }

    /// <summary>The stream is at its end: reports everything that is still held back.</summary>
    public void Complete()
    {
        while (IsWaiting) TimedOut();
    }

    /// <summary>Forgets everything, events included: the line was opened anew.</summary>
    public void Reset()
    {
        Release();
        _noiseCount = 0;
        _events.Clear();
        AcceptDamagedAck = false;
    }

    private void Step(byte value)
    {
        if (_inDoubt) StepInDoubt(value);
        else if (_heldCount > 0) Collect(value);
        else Hunt(value);
    }

    private void Hunt(byte value)
    {
        switch (value)
        {
            case DataFrame.StartOfFrame:
                _held[_heldCount++] = value;
                HoldNumber++;
                break;
            case LineEvent.Ack: Report(LineEventKind.Ack); break;
            case LineEvent.Nak: Report(LineEventKind.Nak); break;
            case LineEvent.Can: Report(LineEventKind.Can); break;
            case var _ when AcceptDamagedAck && (value & 0x0F) == LineEvent.Ack: Report(LineEventKind.Ack); break;
            default: AddNoise([value]); break;
        }
    }

    private void Collect(byte value)
    {
        if (_heldCount == 1 && value < SmallestLength)
        {
            // Not a frame: the start byte was noise, hunting goes on with the next byte.
            Release();
            AddNoise([DataFrame.StartOfFrame]);
            Hunt(value);
            return;
        }

        _held[_heldCount++] = value;
        if (_heldCount < EndOf(0)) return;
        var frame = _held.AsSpan(0, _heldCount).ToArray();
        Release();
        if (IsGood(frame)) ReportData(frame);
        else GiveUp(frame, checksumWrong: !HasRightChecksum(frame));
    }

    private void GiveUp(byte[] failed, bool checksumWrong)
    {
        for (var start = 1; start <= failed.Length - DataFrame.Overhead; start++)
        {
            if (failed[start] != DataFrame.StartOfFrame) continue;
            var end = start + failed[start + 1] + 2;
            if (failed[start + 1] < SmallestLength || end > failed.Length || !IsGood(failed.AsSpan(start, end - start))) continue;
            AddNoise(failed.AsSpan(0, start));
            Push(failed.AsSpan(start));
            return;
        }

        if (checksumWrong) Report(LineEventKind.Invalid, bytes: failed);
        else AddNoise(failed);
        RememberStarts(failed);
    }

    private void RememberStarts(byte[] failed)
    {
        for (var start = 1; start < failed.Length; start++)
        {
            var rest = failed.AsSpan(start);
            if (!MayBeFrame(rest) || (rest.Length >= 2 && rest[1] + 2 <= rest.Length)) continue;
            rest.CopyTo(_held);
            _heldCount = _failedEnd = rest.Length;
            _inDoubt = true;
            HoldNumber++;
            return;
        }
    }

    private void StepInDoubt(byte value)
    {
        var isFirstBehind = _heldCount == _failedEnd;
        if (isFirstBehind && value is LineEvent.Ack or LineEvent.Nak or LineEvent.Can)
        {
            Release();
            Hunt(value);
            return;
        }

        _held[_heldCount++] = value;
        if (isFirstBehind && value == DataFrame.StartOfFrame) HoldNumber++;
        var ordinaryStart = OrdinaryStart();
        var inDoubt = false;
        for (var start = 0; start <= ordinaryStart && start < _heldCount; start++)
        {
            if (start >= _failedEnd && start != ordinaryStart) continue;
            var candidate = _held.AsSpan(start, _heldCount - start);
            if (!MayBeFrame(candidate)) continue;
            var isEnded = candidate.Length >= 2 && candidate[1] + 2 <= candidate.Length;
            if (isEnded && candidate[1] + 2 == candidate.Length && IsGood(candidate))
            {
                var frame = candidate.ToArray();
                if (start > _failedEnd) AddNoise(_held.AsSpan(_failedEnd, start - _failedEnd));
                Release();
                ReportData(frame);
                return;
            }

            if (start < _failedEnd) inDoubt |= !isEnded;
            else if (isEnded) inDoubt = false; // a whole frame of the ordinary reading, and a bad one: report it without waiting for the others
        }

        if (inDoubt) return;
        var behind = _held.AsSpan(_failedEnd, _heldCount - _failedEnd).ToArray();
        Release();
        Push(behind);
    }

    /// <summary>Where a frame would start if the failed one were simply skipped; the end of what is held when nowhere.</summary>
    private int OrdinaryStart()
    {
        for (var start = _failedEnd; start < _heldCount; start++)
        {
            if (_held[start] == DataFrame.StartOfFrame && (start + 1 == _heldCount || _held[start + 1] >= SmallestLength)) return start;
        }

        return _heldCount;
    }

    private int EndOf(int start) => _heldCount < start + 2 ? int.MaxValue : start + _held[start + 1] + 2;

    private static bool MayBeFrame(ReadOnlySpan<byte> bytes) =>
        bytes[0] == DataFrame.StartOfFrame
        && (bytes.Length < 2 || bytes[1] >= SmallestLength)
        && (bytes.Length < 3 || bytes[2] <= (byte)FrameType.Response);

    private static bool IsGood(ReadOnlySpan<byte> frame) => frame[2] <= (byte)FrameType.Response && HasRightChecksum(frame);

    private static bool HasRightChecksum(ReadOnlySpan<byte> frame) => DataFrame.Checksum(frame[1..^1]) == frame[^1];

    private void Release()
    {
        _heldCount = 0;
        _failedEnd = 0;
        _inDoubt = false;
    }

    private void AddNoise(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (_noiseCount == 0) HoldNumber++;
            _noise[_noiseCount++] = value;
            if (_noiseCount == MaximumNoise) ReportNoise();
        }
    }

    private void ReportNoise()
    {
        if (_noiseCount == 0) return;
        _events.Enqueue(new(LineEventKind.Discarded, null, _noise.AsSpan(0, _noiseCount).ToArray()));
        _noiseCount = 0;
    }

    private void ReportData(byte[] frame) =>
        Report(LineEventKind.Data, new((FrameType)frame[2], new(frame[3]), frame.AsMemory(4, frame.Length - DataFrame.Overhead)));

    private void Report(LineEventKind kind, DataFrame? frame = null, byte[]? bytes = null)
    {
        ReportNoise();
        if (kind is LineEventKind.Ack or LineEventKind.Nak or LineEventKind.Can) AcceptDamagedAck = false;
        _events.Enqueue(new(kind, frame, bytes));
    }
}
