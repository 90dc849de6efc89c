using System.Buffers;
using StandIns.Wire;

namespace StandIns.Client;

/// <summary>Cuts what comes from a stream into packets. One caller at a time.</summary>
internal sealed class PacketReceiver(Stream stream, PacketDecoder decoder)
{
    private const int InitialSize = 16 * 1024;
    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;

    /// <summary>The next packet of what was received already; NeedMore: call <see cref="FillAsync"/>.</summary>
    public DecodeResult Next()
    {
        var result = decoder.Decode(new ReadOnlySequence<byte>(_buffer, _start, _end - _start));
        _start += result.Consumed;
        return result;
    }

    /// <summary>Waits for more bytes; false: the peer closed the connection.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }

    /// <summary>The buffer grows as bytes come, not as a header promises them, and shrinks when a large packet is through.</summary>
    private void MakeRoom()
    {
        var count = _end - _start;
        if (count == 0)
        {
            if (_buffer.Length > InitialSize) _buffer = new byte[InitialSize];
            (_start, _end) = (0, 0);
        }

        if (_end < _buffer.Length) return;
        var target = count == _buffer.Length ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, count).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, count);
    }
}
