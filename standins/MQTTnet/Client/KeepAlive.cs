using StandIns.Wire;

namespace StandIns.Client;

/// <summary>
/// Asks for a sign of life when nothing was sent or nothing came for the keep-alive time (3.1.2.10), and tells when none comes. Also beside messages that
/// we send without an answer: those alone would not show that the broker is gone.
/// </summary>
internal sealed class KeepAlive(PacketSender sender, TimeSpan interval)
{
    private volatile TaskCompletionSource? _answer;
    private long _lastReceived = Environment.TickCount64;

    /// <summary>Something came.</summary>
    public void Received() => Volatile.Write(ref _lastReceived, Environment.TickCount64);

    /// <summary>A PINGRESP came.</summary>
    public void Answered() => _answer?.TrySetResult();

    /// <summary>Runs until an answer is missing (true) or it is cancelled (false).</summary>
    public async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var due = Math.Min(sender.LastSent, Volatile.Read(ref _lastReceived)) + (long)interval.TotalMilliseconds;
                var wait = due - Environment.TickCount64;
                if (wait > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _answer = answer;
                sender.Add(PingReqPacket.Instance);
                sender.Flush();
                await answer.Task.WaitAsync(interval / 2, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
