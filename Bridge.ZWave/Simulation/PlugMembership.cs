using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// Which network a plug belongs to, and how it gets in and out: the button that puts it into learn mode, SmartStart, and the automatic mode of the
/// demonstration.
/// </summary>
internal sealed class PlugMembership(SimulatedNode node, SimulatedNetwork network)
{
    public static readonly TimeSpan LearnTime = TimeSpan.FromSeconds(30);

    /// <summary>How soon an automatic plug presses its own button.</summary>
    public static readonly TimeSpan AutomaticDelay = TimeSpan.FromSeconds(1);

    /// <summary>The first wait between two SmartStart primes; it doubles up to the longest.</summary>
    public static readonly TimeSpan FirstPrime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_longestPrime = TimeSpan.FromSeconds(512);

    private Appointment? _learning;
    private Appointment? _prime;
    private Appointment? _press;

    /// <summary>The network the plug believes to be in; null = none. It may be another one than that of the controller.</summary>
    public HomeId? Home { get; private set; }

    /// <summary>It was included by its DSK and says so whenever it gets power.</summary>
    public bool IsSmartStarted { get; private set; }

    /// <summary>In learn mode: joins when it is in no network, leaves when it is in one.</summary>
    public bool IsLearning => _learning is not null && !node.IsDead;

    /// <summary>A factory reset made it forget its network, whose controller still knows it.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>By these the controller finds it; null: it has no DSK and cannot be included by SmartStart.</summary>
    public SmartStartHomeIds? HomeIds => HasDsk ? SmartStartHomeIds.Of(node.Security.Dsk.Span) : null;

    private bool HasDsk => node.Plug.VersionOf(Security2CommandClass.Id) > 0;

    /// <summary>Learn mode for <see cref="LearnTime"/>, from now on.</summary>
    public void Press()
    {
        if (HasLeft) network.PutBackOnTable(node);
        if (node.IsDead) return;
        _learning?.Cancel();
        _learning = node.Agenda.After(LearnTime, EndLearning);
        network.LearnModeHeard(node);
    }

    public void EndLearning()
    {
        _learning?.Cancel();
        _learning = null;
    }

    /// <summary>It is in a network now.</summary>
    public void Joined(HomeId home, bool isSmartStarted = false)
    {
        EndLearning();
        _prime?.Cancel();
        (Home, IsSmartStarted, HasLeft) = (home, isSmartStarted, false);
    }

    /// <summary>It is in no network any more, or never was in one.</summary>
    public void Left()
    {
        EndLearning();
        (Home, IsSmartStarted, HasLeft) = (null, false, false);
        PoweredUp();
    }

    /// <summary>It forgot its network; when that is the controller's, that still counts on it.</summary>
    public void Forgot()
    {
        if (node.Id == NodeId.None) Left();
        else (Home, HasLeft) = (null, true);
    }

    /// <summary>The mains came: a plug that has a DSK asks to be included, or tells that it is back.</summary>
    public void PoweredUp()
    {
        _prime?.Cancel();
        if (!HasDsk) return;
        if (Home is null) Prime(FirstPrime);
        else if (IsSmartStarted && Home == network.HomeId) network.Travel(() => network.InclusionHeard(node));
    }

    /// <summary>The controller waits for plugs to join or to leave; an automatic plug does it by itself.</summary>
    public void ControllerOpened(bool isForJoining)
    {
        _press?.Cancel();
        if (!node.JoinsByItself || (Home is null) != isForJoining) return;
        _press = node.Agenda.After(AutomaticDelay, () =>
        {
            if ((Home is null) == isForJoining) Press();
        });
    }

    private void Prime(TimeSpan wait) => _prime = node.Agenda.After(wait, () =>
    {
        if (!node.IsDead) network.Travel(() => network.PrimeHeard(node));
        Prime(wait * 2 < s_longestPrime ? wait * 2 : s_longestPrime);
    });
}
