using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Support;

/// <summary>A controller on bytes, played by the test line by line: what must arrive and what is sent, as spaced hex.</summary>
internal sealed class FakeController(Stream line) : IAsyncDisposable
{
    // Not a limit of what is tested: only keeps a broken test from waiting for ever.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    private readonly FrameParser _parser = new();

    /// <summary>The next bytes of the host are exactly these.</summary>
    public async Task ExpectAsync(string hex)
    {
        var expected = WireAssert.Bytes(hex);
        var received = new byte[expected.Length];
        var count = 0;
        try
        {
            while (count < expected.Length)
            {
                var read = await line.ReadAsync(received.AsMemory(count)).AsTask().WaitAsync(s_hang);
                if (read == 0) break;
                count += read;
            }
        }
        catch (TimeoutException)
        {
            Assert.Fail($"expected {hex}, received only {Hex.Spaced(received.AsSpan(0, count))}");
        }

        Assert.Equal(Hex.Spaced(expected), Hex.Spaced(received.AsSpan(0, count)));
    }

    /// <summary>The next data frame of the host, unread bytes before it must be none.</summary>
    public async Task<DataFrame> ReadFrameAsync()
    {
        var parser = new FrameParser();
        var one = new byte[1];
        LineEvent found;
        do
        {
            if (await line.ReadAsync(one).AsTask().WaitAsync(s_hang) == 0) throw new EndOfStreamException();
            parser.Push(one);
        }
        while (!parser.TryRead(out found));

        Assert.Equal(LineEventKind.Data, found.Kind);
        return found.Frame!;
    }

    /// <summary>The next data frame of the host, whatever control bytes come before it; null: the line ended.</summary>
    public async Task<DataFrame?> ReadAnyFrameAsync()
    {
        var one = new byte[1];
        while (true)
        {
            if (await line.ReadAsync(one) == 0) return null;
            _parser.Push(one);
            if (_parser.TryRead(out var found) && found.Kind == LineEventKind.Data) return found.Frame;
        }
    }

    /// <summary>The host closed the line and had sent nothing more before.</summary>
    public async Task ExpectEndAsync() => Assert.Equal(0, await line.ReadAsync(new byte[1]).AsTask().WaitAsync(s_hang));

    public Task SendAsync(string hex) => SendAsync(WireAssert.Bytes(hex));

    public async Task SendAsync(byte[] bytes) => await line.WriteAsync(bytes).AsTask().WaitAsync(s_hang);

    public Task SendAsync(DataFrame frame) => SendAsync(frame.ToBytes());

    /// <summary>Sends a data frame of the module and takes the ACK it must get.</summary>
    public async Task DeliverAsync(string hex)
    {
        await SendAsync(hex);
        await ExpectAsync("06");
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();
}
