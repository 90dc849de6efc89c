using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Simulation;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Simulation;

/// <summary>A simulated controller with the three plugs, and a host played line by line; the radio takes no time.</summary>
internal sealed class ControllerBench : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _serving = [];
    private Stream _host = Stream.Null;

    public ControllerBench(SimulatedControllerOptions? options = null)
    {
        Network = SimulatedNetwork.CreateDefault(Time);
        Network.HopTime = TimeSpan.Zero;
        Controller = new(Network, NullLogger.Instance, (options ?? new()) with { RestartTime = options?.RestartTime ?? TimeSpan.Zero });
        Connect();
    }

    public ManualTimeProvider Time { get; } = new();

    public SimulatedNetwork Network { get; }

    public SimulatedController Controller { get; }

    /// <summary>The host's end of the line.</summary>
    public FakeController Host { get; private set; } = null!;

    /// <summary>Another host comes.</summary>
    public void Connect()
    {
        var (host, module) = DuplexStream.CreatePair();
        _host = host;
        _serving.Add(Controller.ServeAsync(module, _end.Token));
        Host = new(host);
    }

    /// <summary>The host goes; comes back when the controller has noticed.</summary>
    public async Task DisconnectAsync()
    {
        await Host.DisposeAsync();
        await _serving[^1];
    }

    /// <summary>Bytes as they are.</summary>
    public Task SendAsync(string hex) => Host.SendAsync(hex);

    /// <summary>Sends a request: function and payload; length and checksum are added. The controller must acknowledge it.</summary>
    public async Task RequestAsync(string functionAndPayload)
    {
        await SendRequestAsync(functionAndPayload);
        await Host.ExpectAsync("06");
    }

    public Task SendRequestAsync(string functionAndPayload) => Host.SendAsync(Frame(FrameType.Request, functionAndPayload));

    /// <summary>The next frame is exactly this (type, function, payload); it is acknowledged.</summary>
    public async Task ExpectFrameAsync(string typeFunctionAndPayload)
    {
        var frame = await ReadFrameAsync();
        Assert.Equal(typeFunctionAndPayload, frame);
    }

    /// <summary>The next frame: type, function and payload; it is acknowledged.</summary>
    public async Task<string> ReadFrameAsync()
    {
        var frame = await Host.ReadFrameAsync();
        await Host.SendAsync("06");
        return Text(frame);
    }

    /// <summary>Nothing was said before the answer to a question asked now; the module has every ACK, so time may go on.</summary>
    public async Task ExpectNothingMoreAsync()
    {
        await RequestAsync("56");
        await ExpectFrameAsync("01 56 01");
        // Application node information has no answer but its ACK, which comes after our own was read.
        await RequestAsync("03 01 02 07 00");
    }

    public static string Text(DataFrame frame) => Hex.Spaced([(byte)frame.Type, frame.Function.Value, .. frame.Payload.Span]);

    public static DataFrame Frame(FrameType type, string functionAndPayload)
    {
        var bytes = WireAssert.Bytes(functionAndPayload);
        return new(type, new(bytes[0]), bytes.AsMemory(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_serving);
        await _host.DisposeAsync();
        _end.Dispose();
        Network.Dispose();
    }
}
