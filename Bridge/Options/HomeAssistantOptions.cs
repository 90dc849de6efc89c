using Bridge.Mqtt;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Bridge.Options;

/// <summary>The settings under <c>HomeAssistant</c>.</summary>
public sealed class HomeAssistantOptions
{
    public const string Section = "HomeAssistant";

    /// <summary>Publish discovery. Default: true.</summary>
    public bool Discovery { get; set; } = true;

    /// <summary>Discovery topics begin with it. Default: <c>homeassistant</c>.</summary>
    public string Prefix { get; set; } = "homeassistant";

    /// <summary>Where its birth message comes. Default: <c>homeassistant/status</c>.</summary>
    public string StatusTopic { get; set; } = "homeassistant/status";

    /// <summary>The payload of its birth message; case does not count. Default: <c>online</c>.</summary>
    public string BirthPayload { get; set; } = "online";

    /// <summary>One discovery message an entity instead of one a device, for readers that know only these. Default: false.</summary>
    public bool SingleComponents { get; set; }

    /// <summary>
    /// A folder with discovery templates of the user's own, which win over those that come with the program. Default: <c>discovery-templates</c> in the
    /// storage directory.
    /// </summary>
    public string? TemplatesDirectory { get; set; }
}

/// <summary>Tells every fault of <see cref="HomeAssistantOptions"/>.</summary>
/// <param name="configuration">For the base topic, which must stay apart from the prefix.</param>
public sealed class HomeAssistantOptionsValidator(IConfiguration configuration) : IValidateOptions<HomeAssistantOptions>
{
    public ValidateOptionsResult Validate(string? name, HomeAssistantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        CheckTopic(nameof(options.Prefix), options.Prefix, faults);
        CheckTopic(nameof(options.StatusTopic), options.StatusTopic, faults);
        if (string.IsNullOrWhiteSpace(options.BirthPayload)) faults.Add($"{Section}:{nameof(options.BirthPayload)}: it is empty; allowed: any text");
        if (options.TemplatesDirectory is { Length: > 0 } directory && !Directory.Exists(directory))
        {
            faults.Add($"{Section}:{nameof(options.TemplatesDirectory)}: '{directory}' does not exist; allowed: a folder, or none");
        }

        CheckApart(options, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private const string Section = HomeAssistantOptions.Section;

    // Our topics below the prefix would be taken for discovery, and discovery below our base topic for commands.
    private void CheckApart(HomeAssistantOptions options, List<string> faults)
    {
        var baseTopic = configuration[$"{MqttOptions.Section}:{nameof(MqttOptions.BaseTopic)}"] ?? new MqttOptions().BaseTopic;
        if (TopicRules.Fault(baseTopic) is not null || TopicRules.Fault(options.Prefix) is not null) return;
        if (!TopicRules.IsAtOrBelow(baseTopic, options.Prefix) && !TopicRules.IsAtOrBelow(options.Prefix, baseTopic)) return;
        faults.Add($"{Section}:{nameof(options.Prefix)}: '{options.Prefix}' and Mqtt:BaseTopic '{baseTopic}' overlap; "
            + "allowed: two topics of which none is the other or lies below it");
    }

    private static void CheckTopic(string setting, string? topic, List<string> faults)
    {
        if (TopicRules.Fault(topic) is { } fault) faults.Add($"{Section}:{setting}: '{topic}': {fault}; allowed: {TopicRules.Allowed}");
    }
}
