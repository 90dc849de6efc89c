using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;

namespace Bridge.ZWave.Simulation;

/// <summary>How a plug that was just included is given its keys. Begun once; ended by itself or from outside.</summary>
internal interface IJoiningSecurity
{
    void Begin();

    /// <summary>A command about security came from the controller.</summary>
    void Take(ICommand command, SecurityClass securityClass);

    /// <summary>Nothing is awaited any more.</summary>
    void End();
}

/// <summary>By Security 0: the key comes encrypted with a key of all zeros. Every step has ten seconds. Source: Security 0 specification, inclusion.</summary>
internal sealed class JoiningSecurity0(SimulatedNode node, SimulatedSecurity security) : IJoiningSecurity
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private Appointment? _limit;
    private bool _isBegun;

    public void Begin() => Await();

    public void End() => _limit?.Cancel();

    public void Take(ICommand command, SecurityClass securityClass)
    {
        if (security.JoiningFault == JoiningFault.NoAnswer) return;
        switch (command)
        {
            case Security0SchemeGet when securityClass == SecurityClass.None:
                _isBegun = true;
                security.JoinsBy(this);
                Send(new Security0SchemeReport(), SecurityClass.None);
                security.State0!.UseZeroKey(node.ControllerNodeId, true);
                Await();
                break;
            case Security0NetworkKeySet set when _isBegun && securityClass == SecurityClass.S0: Keep(new(set.NetworkKey.Span)); break;
        }
    }

    private void Keep(SecretKey key)
    {
        security.State0!.UseZeroKey(node.ControllerNodeId, security.JoiningFault == JoiningFault.WrongVerification);
        security.State0.SetKey(key);
        End();
        if (security.JoiningFault != JoiningFault.NoVerification) Send(new Security0NetworkKeyVerify(), SecurityClass.S0);
        security.AfterLastFrame(() =>
        {
            security.State0.UseZeroKey(node.ControllerNodeId, false);
            security.Grant(SecurityClass.S0, key);
            security.JoiningSucceeded();
        });
    }

    private void Send(ICommand command, SecurityClass securityClass) => security.Send(node.ControllerNodeId, node.Encode(command), securityClass);

    private void Await()
    {
        _limit?.Cancel();
        _limit = node.Agenda.After(s_limit, () => security.JoiningFailed(this, failure: null));
    }
}
