namespace Bridge.ZWave.Devices;

/// <summary>One fault of a user's file: where, what was found, what is allowed.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">The place inside: <c>parameters[3].size</c>.</param>
/// <param name="Reason">What is wrong, with the value and the allowed range.</param>
public sealed record DeviceFault(string File, string Path, string Reason)
{
    public override string ToString() => Path.Length == 0 ? $"{File}: {Reason}" : $"{File}: {Path}: {Reason}";
}
