using Newtonsoft.Json.Linq;

namespace Bridge.Discovery;

/// <summary>One template file, read and checked.</summary>
/// <param name="Source">The file, relative to its folder.</param>
/// <param name="Match">What it is for.</param>
/// <param name="Payload">What it becomes; never changed.</param>
public sealed record DiscoveryTemplate(string Source, TemplateMatch Match, JObject Payload)
{
    /// <summary>As <see cref="Component"/>: matches and makes nothing.</summary>
    public const string NoComponent = "none";

    /// <summary>True: it comes from the user's own folder and wins over ours.</summary>
    public bool IsUser { get; init; }

    /// <summary>The platform; null: it makes the root of a document.</summary>
    public string? Component { get; init; }

    /// <summary>The component's id within its document, with names in it.</summary>
    public required TemplateText Id { get; init; }

    /// <summary>Where in the document, lowest first; equals stay in the order of the properties.</summary>
    public long Order { get; init; }

    public bool IsRoot => Component is null;
}
