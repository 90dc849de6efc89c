using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Inclusion;

/// <summary>How far the inclusion of a provisioned node got.</summary>
public enum ProvisioningState
{
    /// <summary>It is waited for.</summary>
    Pending,

    /// <summary>It is in the network.</summary>
    Included,

    /// <summary>It did not get its keys; it is not tried again until the entry is added anew.</summary>
    Failed,
}

/// <summary>A node that may join by itself when it gets power.</summary>
/// <param name="Dsk">Its whole device specific key.</param>
/// <param name="Granted">Which of the classes it requests it is granted.</param>
/// <param name="Name">What it is to be called; null: nothing special.</param>
public sealed record ProvisioningEntry(Dsk Dsk, SecurityClasses Granted, string? Name)
{
    public ProvisioningState State { get; init; }

    /// <summary>The node it became; null while it is none.</summary>
    public NodeId? Node { get; init; }
}

/// <summary>Keeps the provisioning list between runs.</summary>
public interface IProvisioningStore
{
    /// <summary>What is remembered. Never fails because of what is stored.</summary>
    IReadOnlyList<ProvisioningEntry> Load();

    /// <summary>Replaces what is remembered, all or nothing.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    void Save(IReadOnlyList<ProvisioningEntry> entries);
}

/// <summary>Remembers nothing.</summary>
public sealed class NoProvisioningStore : IProvisioningStore
{
    public IReadOnlyList<ProvisioningEntry> Load() => [];

    public void Save(IReadOnlyList<ProvisioningEntry> entries)
    {
    }
}
