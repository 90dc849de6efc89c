using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>
/// A user who was told some answers before, and gives the others when asked: what is missing is told as <see cref="GrantWanted"/> and <see cref="PinWanted"/>
/// and waited for. Any thread may answer; asked on the network's loop.
/// </summary>
/// <param name="granted">What to grant of what is requested; null: it is asked for.</param>
/// <param name="pin">The number on the label; null: it is asked for.</param>
public sealed class KeyExchangeDialog(SecurityClasses? granted, ushort? pin) : IKeyExchangeUser
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<SecurityClasses?>? _grant;
    private TaskCompletionSource<ushort?>? _pin;

    /// <summary>A question was asked that nobody answered before.</summary>
    public event Action<InclusionEvent>? Asked;

    /// <summary>What the node requested, while an answer is waited for; null: nothing is.</summary>
    public SecurityClasses? Requested
    {
        get
        {
            lock (_gate) return _grant is null ? null : field;
        }

        private set;
    }

    public async Task<SecurityClasses?> GrantAsync(NodeId node, SecurityClasses requested, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (granted is { } told)
        {
            var allowed = requested.And(told);
            return allowed.IsEmpty ? null : allowed;
        }

        var answer = NewAnswer<SecurityClasses?>();
        lock (_gate) (_grant, Requested) = (answer, requested);
        Asked?.Invoke(new GrantWanted(node, requested, limit));
        try
        {
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate) _grant = null;
        }
    }

    public async Task<ushort?> PinAsync(NodeId node, string dsk, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (pin is { } told) return told;
        var answer = NewAnswer<ushort?>();
        lock (_gate) _pin = answer;
        Asked?.Invoke(new PinWanted(node, dsk, limit));
        try
        {
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate) _pin = null;
        }
    }

    /// <summary>Answers the question what is granted; null cancels. False: it is not asked now.</summary>
    public bool TryGrant(SecurityClasses? classes)
    {
        lock (_gate) return _grant is { } waiting && waiting.TrySetResult(classes);
    }

    /// <summary>Answers the question for the number on the label; null cancels. False: it is not asked now.</summary>
    public bool TryEnterPin(ushort? number)
    {
        lock (_gate) return _pin is { } waiting && waiting.TrySetResult(number);
    }

    private static TaskCompletionSource<T> NewAnswer<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
