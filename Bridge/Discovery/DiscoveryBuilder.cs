namespace Bridge.Discovery;

/// <summary>Makes documents out of facts, by the templates and nothing else. Any thread may call.</summary>
public static class DiscoveryBuilder
{
    /// <summary>
    /// The document of a device; null when no template makes its root, or no component. Several templates may make components of one
    /// property, as long as their ids differ; of those with one id only the best is used.
    /// </summary>
    public static DiscoveryDocument? Build(TemplateCatalog catalog, DeviceFacts device)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(device);
        if (catalog.Matching(device.Root).FirstOrDefault(static template => template.IsRoot) is not { } root) return null;
        List<(long Order, DiscoveryComponent Component)> components = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var facts in device.Properties.Prepend(device.Root))
        {
            // An id belongs to the thing that had it first: two parameters of one number do not push each other out.
            HashSet<string> taken = new(StringComparer.Ordinal);
            foreach (var template in catalog.Matching(facts).Where(static template => !template.IsRoot))
            {
                if (TemplateExpander.Expand(template.Id, facts) is not { Length: > 0 } id || ids.Contains(id) || !taken.Add(id)) continue;
                if (template.Component is not { } platform || platform == DiscoveryTemplate.NoComponent) continue;
                var payload = TemplateExpander.Expand(template.Payload, facts.With((FactName.ComponentId, id)));
                components.Add((template.Order, new(id, platform, payload)));
            }

            ids.UnionWith(taken);
        }

        return components.Count == 0 ? null : new(
            device.DeviceId,
            TemplateExpander.Expand(root.Payload, device.Root),
            [.. components.OrderBy(static entry => entry.Order).Select(static entry => entry.Component)]);
    }
}
