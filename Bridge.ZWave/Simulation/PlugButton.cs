namespace Bridge.ZWave.Simulation;

/// <summary>The button of a plug, or the wall switch behind it, and what local protection makes of it.</summary>
internal sealed class PlugButton(SimulatedNode node)
{
    private const int PressesOfTheSequence = 3;
    private static readonly TimeSpan s_sequence = TimeSpan.FromSeconds(1.5);

    private readonly Queue<TimeSpan> _presses = new();

    public void Press(byte endpoint)
    {
        if (node.Relays.RelaysOf(endpoint) is not { } relays || !IsAllowed()) return;
        var hasMoved = node.Relays.Press(relays);
        // The report belongs to the press, not to the movement.
        if (!hasMoved && node.Plug.Quirks.Contains(PlugQuirk.NoReportAfterRadioSwitch)) node.Reports.ReportSwitch(relays);
    }

    private bool IsAllowed()
    {
        switch (node.Protection.State)
        {
            case LocalProtection.NoOperation: return false;
            case LocalProtection.BySequence:
                var now = node.Agenda.Now;
                _presses.Enqueue(now);
                while (_presses.Peek() < now - s_sequence) _presses.Dequeue();
                if (_presses.Count < PressesOfTheSequence) return false;
                _presses.Clear();
                return true;
            default: return true;
        }
    }
}

/// <summary>Who may use the button.</summary>
internal sealed class LocalProtection(PlugDefinition plug)
{
    public const byte Unprotected = 0;
    public const byte BySequence = 1;
    public const byte NoOperation = 2;

    public byte State { get; private set; }

    /// <summary>False for states the plug does not have.</summary>
    public bool Set(byte state)
    {
        if (!plug.ProtectionStates.Contains(state)) return false;
        State = state;
        return true;
    }
}
