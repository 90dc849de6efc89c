namespace Bridge.Requests;

/// <summary>A choice of the whole bridge that can be changed while it runs.</summary>
/// <param name="Name">snake_case: "log_level".</param>
/// <param name="Value">What counts now, one of <paramref name="Allowed"/>.</param>
/// <param name="Allowed">Every value there is.</param>
public sealed record BridgeOption(string Name, string Value, IReadOnlyList<string> Allowed);

/// <summary>The choices of the whole bridge. Any thread may call.</summary>
public interface IBridgeOptions
{
    /// <summary>All there are, in the order they are shown.</summary>
    IReadOnlyList<BridgeOption> All { get; }

    /// <summary>Takes a value that is allowed; it counts from now on.</summary>
    void Set(string name, string value);
}
