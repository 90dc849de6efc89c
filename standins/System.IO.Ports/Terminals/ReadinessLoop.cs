using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StandIns.Terminals;

/// <summary>
/// The one thread of the process that waits for terminals: blocked in the kernel without a time limit, so that an idle line costs nothing.
/// Tells a terminal once each time it becomes readable, writable or breaks (edge-triggered).
/// </summary>
internal static unsafe class ReadinessLoop
{
    /// <summary>Shown by <c>ps -T</c>; the kernel keeps 15 characters.</summary>
    public const string ThreadName = "serial ports";

    private const int Add = 1;
    private const int Remove = 2;
    private const uint Readable = 0x1;
    private const uint Writable = 0x4;
    private const uint PeerClosed = 0x2000;
    private const uint EdgeTriggered = 0x8000_0000;
    private const int MostEvents = 16;

    // struct epoll_event { uint32_t events; uint64_t data; } is packed on x86 and naturally aligned elsewhere.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);
    private static readonly ConcurrentDictionary<long, Action> Targets = new();
    private static readonly SafeFileHandle Readiness = Start();
    private static long _lastId;

    /// <summary>
    /// From now on <paramref name="onReady"/> is called on the loop's thread; it must not block or throw. It may still be called once
    /// after <see cref="Unregister"/>.
    /// </summary>
    public static long Register(SafeFileHandle file, Action onReady)
    {
        var id = Interlocked.Increment(ref _lastId);
        Targets[id] = onReady;
        var readinessEvent = stackalloc byte[EventSize];
        MemoryMarshal.Write(new Span<byte>(readinessEvent, sizeof(uint)), Readable | Writable | PeerClosed | EdgeTriggered);
        MemoryMarshal.Write(new Span<byte>(readinessEvent + DataOffset, sizeof(long)), id);
        if (LibC.ControlReadiness(Readiness, Add, file, readinessEvent) >= 0) return id;
        var error = LibC.LastError();
        Targets.TryRemove(id, out _);
        throw error;
    }

    public static void Unregister(SafeFileHandle file, long id)
    {
        Targets.TryRemove(id, out _);
        var unused = stackalloc byte[EventSize];
        // Fails only when the handle is closed already, which removed it as well.
        _ = LibC.ControlReadiness(Readiness, Remove, file, unused);
    }

    private static SafeFileHandle Start()
    {
        var descriptor = LibC.CreateReadiness(LibC.CloseOnExec);
        if (descriptor < 0) throw LibC.LastError();
        var readiness = new SafeFileHandle(descriptor, ownsHandle: true);
        new Thread(() => Run(readiness)) { IsBackground = true, Name = ThreadName }.Start();
        return readiness;
    }

    private static void Run(SafeFileHandle readiness)
    {
        var events = stackalloc byte[MostEvents * EventSize];
        while (true)
        {
            var count = LibC.WaitForReadiness(readiness, events, MostEvents, timeoutMilliseconds: -1);
            if (count < 0 && Marshal.GetLastPInvokeError() != LibC.InterruptedCall) throw LibC.LastError();
            for (var index = 0; index < count; index++)
            {
                var id = MemoryMarshal.Read<long>(new ReadOnlySpan<byte>(events + (index * EventSize) + DataOffset, sizeof(long)));
                if (Targets.TryGetValue(id, out var onReady)) onReady();
            }
        }
    }
}
