using Bridge.Tests.Support;

namespace Bridge.Tests.ZWave.Network;

/// <summary>
/// Lets the time of a <see cref="ManualTimeProvider"/> pass as fast as nothing else happens: it moves on only when the thread pool has come to rest and no
/// thread of this process wants to run, and in small steps. How long something takes is then measured in the waiting times of the program, not in the speed
/// of the machine or in what else it has to do.
/// </summary>
/// <remarks>Only in tests that run alone: the work of others would keep the thread pool from resting.</remarks>
internal sealed class RunningTime : IDisposable
{
    private static readonly TimeSpan s_longestStep = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(1);
    private const int LooksAtRest = 3;
    private const string Threads = "/proc/self/task";

    private readonly ManualTimeProvider _time;
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    public RunningTime(ManualTimeProvider time)
    {
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = "running time" };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Run()
    {
        while (!_end.IsSet)
        {
            Rest();
            if (_time.NextDue is { } due) _time.Advance(due < s_longestStep ? due : s_longestStep);
        }
    }

    private void Rest()
    {
        var looks = 0;
        var before = ThreadPool.CompletedWorkItemCount;
        while ((looks < LooksAtRest || DoesAnotherRun()) && !_end.Wait(s_look))
        {
            var now = ThreadPool.CompletedWorkItemCount;
            looks = now == before && ThreadPool.PendingWorkItemCount == 0 ? looks + 1 : 0;
            before = now;
        }
    }

    // A thread in the middle of its work that waits for a processor is neither pending nor completed work. Where the system does not tell, the looks have to do.
    private static bool DoesAnotherRun()
    {
        if (!Directory.Exists(Threads)) return false;
        var running = 0;
        foreach (var thread in Directory.EnumerateDirectories(Threads))
        {
            try
            {
                var status = File.ReadAllText(Path.Combine(thread, "stat"));
                // "id (name) R …": runs, or would. We do, too.
                if (status[status.LastIndexOf(')') + 2] == 'R' && ++running > 1) return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return false;
    }
}
