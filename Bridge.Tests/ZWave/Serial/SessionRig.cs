using System.Collections.Concurrent;
using Bridge.Tests.Support;
using Bridge.ZWave;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

/// <summary>An open session, the controller at the other end of its line, and time that stands still.</summary>
internal sealed class SessionRig : IAsyncDisposable
{
    public const string AskVersion = "01 03 00 15 E9";

    // "Z-Wave 7.18", bridge controller
    public const string TellVersion = "01 10 01 15 5A 2D 57 61 76 65 20 37 2E 31 38 00 07 9E";

    private SessionRig(int queueLimit) =>
        Session = new(Transport, SessionTimeouts.Default, Time, Logger, queueLimit)
        {
            UnsolicitedFrame = frame => Unsolicited.Enqueue(frame.ToString()),
        };

    public FakeTransport Transport { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public SerialApiSession Session { get; }

    public CountingLogger Logger { get; } = new();

    public FakeController Controller { get; private set; } = null!;

    /// <summary>What the unsolicited handler got.</summary>
    public ConcurrentQueue<string> Unsolicited { get; } = new();

    public ConcurrentQueue<SessionState> States { get; } = new();

    public static async Task<SessionRig> OpenAsync(int queueLimit = SerialApiSession.DefaultQueueLimit)
    {
        var rig = new SessionRig(queueLimit);
        rig.Session.StateChanged += rig.States.Enqueue;
        var opening = rig.Session.OpenAsync();
        await rig.ConnectAsync();
        await opening;
        return rig;
    }

    /// <summary>The host opened the line: takes its NAK and lets the moment of silence pass.</summary>
    public async Task ConnectAsync()
    {
        Controller = await Transport.AcceptAsync();
        await Controller.ExpectAsync("15");
        await Time.ElapseAsync(100);
    }

    /// <summary>The host opened the line once more; ends when the session says so.</summary>
    public async Task ReconnectAsync()
    {
        var reopened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.Reopened += () => reopened.TrySetResult();
        await ConnectAsync();
        await reopened.Task;
    }

    /// <summary>One round trip: everything sent to the session before has been handled, and it wrote nothing in between.</summary>
    public async Task SyncAsync()
    {
        var version = Session.RequestAsync<GetVersionResponse>(new GetVersionRequest());
        await Controller.ExpectAsync(AskVersion);
        await Controller.SendAsync("06");
        await Controller.DeliverAsync(TellVersion);
        Assert.Equal("Z-Wave 7.18", (await version).LibraryVersion);
    }

    public static async Task<ZWaveException> FailsAsync(Task request, ZWaveErrorCode code)
    {
        var exception = await Assert.ThrowsAsync<ZWaveException>(() => request);
        Assert.Equal(code, exception.Code);
        return exception;
    }

    public Task<TestTransmitted> TransmitAsync(byte content, CancellationToken cancellationToken = default) =>
        Session.TransactAsync<TestTransmitted>(new TestTransmit(new NodeId(5), content), cancellationToken: cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        if (Session.Completion.IsFaulted) await Session.Completion;
    }

    /// <summary>A data frame from function and payload.</summary>
    public static string Frame(FrameType type, byte function, string payload) =>
        new DataFrame(type, new(function), WireAssert.Bytes(payload)).ToString();

    public static string Req(byte function, string payload) => Frame(FrameType.Request, function, payload);

    public static string Res(byte function, string payload) => Frame(FrameType.Response, function, payload);
}

/// <summary>Counts log lines by event.</summary>
internal sealed class CountingLogger : ILogger
{
    private readonly ConcurrentDictionary<int, int> _counts = new();

    public int Count(int eventId) => _counts.GetValueOrDefault(eventId);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Assert.NotEmpty(formatter(state, exception));
        _counts.AddOrUpdate(eventId.Id, 1, static (_, count) => count + 1);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
