using Bridge.ZWave.Devices;
using Bridge.ZWave.Security;
using Bridge.ZWave.Serial;

namespace Bridge.ZWave.Network;

/// <summary>What a network is made of.</summary>
/// <param name="Transport">The way to the module.</param>
public sealed record ZWaveNetworkOptions(ITransport Transport)
{
    public DeviceCatalog Devices { get; init; } = DeviceCatalog.Empty;

    public INetworkStore Store { get; init; } = new NoNetworkStore();

    /// <summary>Keys for Security 0 and Security 2; null: encrypted nodes cannot be spoken to.</summary>
    public NetworkKeys? Keys { get; init; }

    public NetworkTimeouts Timeouts { get; init; } = new();

    public SessionTimeouts SessionTimeouts { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>False for modules that hang after a soft reset (some older bridges).</summary>
    public bool UseSoftReset { get; init; } = true;
}
