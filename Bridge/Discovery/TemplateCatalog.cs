namespace Bridge.Discovery;

/// <summary>All templates: ours and the user's own. Immutable.</summary>
public sealed class TemplateCatalog
{
    private TemplateCatalog(IReadOnlyList<DiscoveryTemplate> templates, IReadOnlyList<TemplateFault> faults)
    {
        Templates = templates;
        Faults = faults;
    }

    public static TemplateCatalog Empty { get; } = new([], []);

    /// <summary>Where the templates that come with the program are.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "discovery-templates");

    /// <summary>Every one without a fault: ours before the user's, by file name.</summary>
    public IReadOnlyList<DiscoveryTemplate> Templates { get; }

    /// <summary>Every fault of every file; a file with a fault is left out.</summary>
    public IReadOnlyList<TemplateFault> Faults { get; }

    /// <summary>
    /// Reads <c>*.json</c> of both folders and those below. A folder that is not there counts as empty; faults are collected, never thrown.
    /// </summary>
    /// <param name="shippedFolder">What comes with the program.</param>
    /// <param name="userFolder">The user's own, which win; null: there is none.</param>
    public static TemplateCatalog Load(string shippedFolder, string? userFolder = null)
    {
        List<DiscoveryTemplate> templates = [];
        List<TemplateFault> faults = [];
        foreach (var (folder, isUser) in ((string?, bool)[])[(shippedFolder, false), (userFolder, true)])
        {
            foreach (var file in Files(folder, faults))
            {
                var source = Path.GetRelativePath(folder!, file).Replace('\\', '/');
                if (ReadFile(file, source, faults) is { } template) templates.Add(template with { IsUser = isUser });
            }
        }

        return new(templates, faults);
    }

    /// <summary>The template files of a folder, by name.</summary>
    /// <param name="folder">Null or not there: none.</param>
    /// <param name="faults">Gets why it cannot be listed.</param>
    public static IReadOnlyList<string> Files(string? folder, ICollection<TemplateFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        try
        {
            if (!Directory.Exists(folder)) return [];
            return [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(folder!, string.Empty, exception.Message));
            return [];
        }
    }

    /// <summary>
    /// Every template that is for this, the one that wins first: the user's own, then the one that asks for more, then the later file.
    /// </summary>
    public IEnumerable<DiscoveryTemplate> Matching(Facts facts) => Templates.Reverse().Where(template => template.Match.Fits(facts))
        .OrderByDescending(static template => template.IsUser).ThenByDescending(static template => template.Match.Specificity);

    private static DiscoveryTemplate? ReadFile(string file, string source, List<TemplateFault> faults)
    {
        try
        {
            return TemplateReader.Read(File.ReadAllText(file), source, faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(source, string.Empty, exception.Message));
            return null;
        }
    }
}
