using System.Globalization;

namespace Bridge.ZWave.Serial;

/// <summary>The user this process runs as and the groups it is in.</summary>
internal sealed record ProcessIdentity(Account User, IReadOnlyList<Account> Groups)
{
    /// <summary>Null where the system does not tell (no <c>/proc</c>).</summary>
    public static ProcessIdentity? Current()
    {
        try
        {
            return Parse(File.ReadAllLines("/proc/self/status"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>From the lines "Uid: real effective saved file", "Gid: …" and "Groups: …".</summary>
    public static ProcessIdentity? Parse(IReadOnlyList<string> status)
    {
        var users = Numbers(status, "Uid:");
        var groups = Numbers(status, "Gid:");
        if (users.Count < 2 || groups.Count < 2) return null;
        return new(Account.User(users[1]), [.. groups.Skip(1).Take(1).Concat(Numbers(status, "Groups:")).Distinct().Select(Account.Group)]);
    }

    public override string ToString() => $"user {User}, groups {string.Join(", ", Groups)}";

    private static List<uint> Numbers(IReadOnlyList<string> status, string label)
    {
        var numbers = new List<uint>();
        var line = status.FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        foreach (var word in line?[label.Length..].Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (uint.TryParse(word, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
        }

        return numbers;
    }
}
