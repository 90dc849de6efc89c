using Microsoft.Extensions.Options;

namespace Bridge.Discovery;

/// <summary>The settings under <c>HomeAssistant</c>.</summary>
public sealed class DiscoveryOptions
{
    public const string Section = "HomeAssistant";

    /// <summary>False: nothing is announced, and what was announced before is cleared.</summary>
    public bool Discovery { get; set; } = true;

    /// <summary>First level of the topics announced on; what the reader listens to.</summary>
    public string Prefix { get; set; } = "homeassistant";

    /// <summary>Where the reader tells that it has started.</summary>
    public string StatusTopic { get; set; } = "homeassistant/status";

    /// <summary>What it tells there; case does not count.</summary>
    public string StatusPayload { get; set; } = "online";

    /// <summary>One message an entity instead of one a device: for readers that know no more.</summary>
    public bool SingleComponents { get; set; }
}

/// <summary>Tells every fault of <see cref="DiscoveryOptions"/>.</summary>
public sealed class DiscoveryOptionsValidator : IValidateOptions<DiscoveryOptions>
{
    private const int MaximumLength = 200;

    public ValidateOptionsResult Validate(string? name, DiscoveryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string?[] faults =
        [
            TopicFault(nameof(options.Prefix), options.Prefix),
            TopicFault(nameof(options.StatusTopic), options.StatusTopic),
            string.IsNullOrEmpty(options.StatusPayload)
                ? $"{DiscoveryOptions.Section}:{nameof(options.StatusPayload)}: is empty; allowed: a text"
                : null,
        ];
        string[] found = [.. faults.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? TopicFault(string key, string? topic)
    {
        const string allowed = "allowed: 1..200 characters without +, #, $ in front, blanks, control characters or empty levels";
        var isLegal = topic is { Length: > 0 and <= MaximumLength } && topic[0] != '$'
            && !topic.Any(static character => character is '+' or '#' || char.IsWhiteSpace(character) || char.IsControl(character))
            && topic.Split('/').All(static level => level.Length > 0);
        return isLegal ? null : $"{DiscoveryOptions.Section}:{key}: '{topic}' is no topic; {allowed}";
    }
}
