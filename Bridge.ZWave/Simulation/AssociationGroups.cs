using Bridge.ZWave.CommandClasses;

namespace Bridge.ZWave.Simulation;

/// <summary>A member of a group: a node, or an endpoint of a node.</summary>
internal readonly record struct GroupMember(byte NodeId, EndpointDestination? Endpoint);

/// <summary>The association groups of a plug; Association and Multi Channel Association are two views of them.</summary>
internal sealed class AssociationGroups(PlugDefinition plug)
{
    private readonly Dictionary<byte, List<GroupMember>> _members = plug.Groups.ToDictionary(static group => group.Number, static _ => new List<GroupMember>());

    public int Count => plug.Groups.Count;

    public IReadOnlyList<GroupMember> MembersOf(PlugGroup group) => _members[group.Number];

    /// <summary>The group a command means; null when it is out of range.</summary>
    public PlugGroup? Find(byte number) => plug.Quirks.Contains(PlugQuirk.IgnoresGroupNumber)
        ? plug.Groups[0]
        : plug.Groups.FirstOrDefault(group => group.Number == number);

    /// <summary>The group a question means; out of range means the first.</summary>
    public PlugGroup FindOrFirst(byte number) => Find(number) ?? plug.Groups[0];

    /// <summary>Adds members until the group is full; more are passed over. False when there is no such group.</summary>
    public bool Add(byte number, IEnumerable<GroupMember> members)
    {
        if (Find(number) is not { } group) return false;
        var list = _members[group.Number];
        foreach (var member in members)
        {
            if (list.Count < group.MaximumNodes && !list.Contains(member)) list.Add(member);
        }

        return true;
    }

    /// <summary>Removes members: no members means all of the group, group 0 all groups. False when there is no such group.</summary>
    public bool Remove(byte number, IReadOnlyList<GroupMember> members, bool zeroIsAll)
    {
        if (number == 0 && zeroIsAll)
        {
            foreach (var list in _members.Values) Remove(list, members);
            return true;
        }

        if (Find(number) is not { } group) return false;
        Remove(_members[group.Number], members);
        return true;
    }

    public void Clear()
    {
        foreach (var list in _members.Values) list.Clear();
    }

    private static void Remove(List<GroupMember> list, IReadOnlyList<GroupMember> members)
    {
        if (members.Count == 0) list.Clear();
        else list.RemoveAll(members.Contains);
    }
}
