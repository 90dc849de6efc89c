namespace StandIns.Broker;

/// <summary>The members of one group that shares a filter: each message goes to one of them, in turn (MQTT 5.0, 4.8.2).</summary>
internal sealed class SharedSubscriptions
{
    private readonly List<GrantedSubscription> _members = [];
    private int _turn;

    public void Set(GrantedSubscription subscription)
    {
        var index = _members.FindIndex(member => member.Session == subscription.Session);
        if (index < 0) _members.Add(subscription);
        else _members[index] = subscription;
    }

    /// <returns>True: nobody is left.</returns>
    public bool Unset(GrantedSubscription subscription)
    {
        _members.RemoveAll(member => member.Session == subscription.Session);
        return _members.Count == 0;
    }

    /// <summary>The next that is connected; nobody is: the next at all, whose session keeps it.</summary>
    public GrantedSubscription Next()
    {
        for (var tries = 0; tries < _members.Count; tries++)
        {
            var member = _members[_turn++ % _members.Count];
            if (_turn == int.MaxValue) _turn = 0;
            if (member.Session.IsConnected) return member;
        }

        return _members[_turn++ % _members.Count];
    }
}
