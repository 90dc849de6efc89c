namespace Bridge.Discovery;

/// <summary>One fault of a template file.</summary>
/// <param name="File">The file, relative to its folder.</param>
/// <param name="Path">The place inside: <c>payload.device.name</c>; empty: the whole file.</param>
/// <param name="Reason">What is wrong, with what was found and what is allowed.</param>
public sealed record TemplateFault(string File, string Path, string Reason)
{
    public override string ToString() => Path.Length == 0 ? $"{File}: {Reason}" : $"{File}: {Path}: {Reason}";
}
