using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Inclusion;

/// <summary>The including side of a key exchange of Security 2 that was begun with a node whose words are those of the test.</summary>
internal sealed class Security2ExchangeBench : IDisposable
{
    /// <summary>KEX Report: scheme 1, Curve25519, every key.</summary>
    public const string Wishes = "9F 05 00 02 01 87";

    private readonly SecurityClasses _granted;
    private readonly NetworkKeys _keys = NetworkKeys.Generate();
    private readonly CancellationTokenSource _stop = new();

    public Security2ExchangeBench(params ReadOnlySpan<SecurityClass> granted)
    {
        _granted = SecurityClasses.Of(granted);
        User = new() { Granted = _granted, Pin = Talk.Pin };
        Outcome = Task.Run(() => new Security2Exchange(Talk, _keys, new(), Talk.Time).RunAsync(SecurityClasses.All, User, _stop.Token));
    }

    public ScriptedConversation Talk { get; } = new();

    public ScriptedUser User { get; }

    public Task<KeyExchangeOutcome> Outcome { get; }

    private bool NeedsPin => _granted.Highest is SecurityClass.S2Authenticated or SecurityClass.S2AccessControl;

    private string Echo => $"9F 06 01 02 01 {_granted.Bits:X2}";

    /// <summary>A network key in hex.</summary>
    public string KeyOf(SecurityClass securityClass)
    {
        var key = new byte[SecretKey.Length];
        _keys.Find(securityClass, isLongRange: false)!.Reveal(key);
        return Hex.Spaced(key);
    }

    /// <summary>The program ends, or the controller is gone.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Up to KEX Set.</summary>
    public async Task<ScriptedConversation> GrantedAsync(string wishes = Wishes)
    {
        await Talk.ExpectAsync("9F 04");
        Talk.Say(wishes);
        await Talk.ExpectAsync($"9F 06 00 02 01 {_granted.Bits:X2}");
        return Talk;
    }

    /// <summary>Up to the temporary keys.</summary>
    public async Task<ScriptedConversation> AgreedAsync()
    {
        await GrantedAsync();
        Talk.SayPublicKey(isWhole: !NeedsPin);
        var keys = await Talk.TakePublicKeyAsync();
        await Talk.UntilAgreedAsync();
        Assert.Equal(keys, Talk.Temporary);
        return Talk;
    }

    /// <summary>Up to the encrypted repetition of both wishes.</summary>
    public async Task<ScriptedConversation> ConfirmedAsync()
    {
        await AgreedAsync();
        Talk.SayTemporary(Echo);
        await Talk.ExpectAsync("S2Temporary 9F 05 01 02 01 87");
        return Talk;
    }

    /// <summary>One key is asked for, handed over and proven.</summary>
    public async Task HandedOverAsync(SecurityClass securityClass)
    {
        var bit = SecurityClasses.BitOf(securityClass).ToString("X2", null);
        Talk.SayTemporary($"9F 09 {bit}");
        await Talk.ExpectAsync($"S2Temporary 9F 0A {bit} {KeyOf(securityClass)}");
        Talk.Say("9F 0B", securityClass);
        await Talk.ExpectAsync("S2Temporary 9F 0C 02");
    }

    /// <summary>It ended with a failure, and nothing of its keys is left.</summary>
    public async Task<string> FailedAsync(KeyExchangeFailure failure)
    {
        var outcome = await Outcome;
        Assert.Equal(failure, outcome.Failure);
        Assert.True(outcome.Granted.IsEmpty);
        Assert.Equal(["none", "class "], Talk.KeysUsed.ToArray()[^2..]);
        return outcome.Reason;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Talk.Dispose();
    }
}

/// <summary>A user whose answers are known; one that is null is never given.</summary>
internal sealed class ScriptedUser : IKeyExchangeUser
{
    private readonly TaskCompletionSource<string> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SecurityClasses? Granted { get; set; }

    public ushort? Pin { get; set; }

    /// <summary>The PIN when it is not known at once.</summary>
    public Task<ushort?>? LaterPin { get; set; }

    /// <summary>Whether a whole key is the one that was meant.</summary>
    public bool Expects { get; set; } = true;

    /// <summary>What the node told of its key when the PIN was asked for.</summary>
    public string Dsk { get; private set; } = string.Empty;

    public bool IsPinAsked => Dsk.Length > 0;

    /// <summary>A question that has no answer was asked; gives its limit.</summary>
    public TaskCompletionSource<TimeSpan> Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The question was withdrawn.</summary>
    public TaskCompletionSource IsWithdrawn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<SecurityClasses?> GrantAsync(NodeId node, SecurityClasses requested, TimeSpan limit, CancellationToken cancellationToken) =>
        AnswerAsync(Granted, limit, cancellationToken);

    public Task<ushort?> PinAsync(NodeId node, string dsk, TimeSpan limit, CancellationToken cancellationToken)
    {
        Dsk = dsk;
        if (LaterPin is not null) Waits.TrySetResult(limit);
        return LaterPin ?? AnswerAsync(Pin, limit, cancellationToken);
    }

    public bool IsExpected(string dsk) => Expects;

    private async Task<T?> AnswerAsync<T>(T? answer, TimeSpan limit, CancellationToken cancellationToken)
        where T : struct
    {
        if (answer is not null) return answer;
        Waits.TrySetResult(limit);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            IsWithdrawn.TrySetResult();
            throw;
        }

        return null;
    }
}
