using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Simulation;
using Bridge.ZWave.Security;
using Bridge.ZWave.Simulation;
using Xunit;

namespace Bridge.Tests.Peers;

/// <summary>A foreign host with keys, which has interviewed the simulated plug that is node 2 and has some of them.</summary>
public abstract class SecureDriverOnSimulator(SecurityClasses granted) : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    private readonly SimulatedTcpStick _stick = new();
    private DriverHost? _host;
    private SimulatedNode? _plug;

    /// <summary>The keys of <c>keys.mjs</c>.</summary>
    internal static NetworkKeys Keys { get; } = NetworkKeys.Generate() with
    {
        S0 = Key("10111213141516171819101112131415"),
        S2Unauthenticated = Key("20212223242526272829202122232425"),
        S2Authenticated = Key("30313233343536373839303132333435"),
        S2AccessControl = Key("40414243444546474849404142434445"),
    };

    internal DriverHost Host => _host!;

    internal SimulatedNode Plug => _plug!;

    public async ValueTask InitializeAsync()
    {
        _plug = _stick.Network.Add(new(2), SecureHost.SmartPlug(granted));
        _stick.Network.Secure(_plug, Keys, granted);
        _host = DriverHost.Start(_stick.Port, s_limit, "--s2");
        await _host.InterviewAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        await _stick.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The plug says something encrypted, unasked.</summary>
    internal void Say(string hex) => Plug.Security.Say(WireAssert.Bytes(hex), Plug.Security.Granted.Highest);

    /// <summary>The plug reports its power, in tenths of a watt.</summary>
    internal void ReportPower(ushort tenths) => Say($"32 02 21 34 00 00 {tenths >> 8:X2} {tenths & 0xFF:X2}");

    /// <summary>Waits until the driver tells this power, and gives how often it told it since.</summary>
    internal async Task<int> PowerToldAsync(decimal watt, int since)
    {
        bool IsIt(System.Text.Json.JsonElement line) =>
            line.IsEvent("value") && line.Number("cc") == 0x32 && line.GetProperty("value").TryGetDecimal(out var told) && told == watt;
        await Host.Peer.NextAsync(IsIt, $"{watt} W", since);
        return Host.Peer.Lines.Skip(since).Count(IsIt);
    }

    private static SecretKey Key(string hex) => new(Convert.FromHexString(hex));
}

/// <summary>Security 2, Authenticated.</summary>
public sealed class Security2Driver() : SecureDriverOnSimulator(SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated));

/// <summary>Security 0.</summary>
public sealed class Security0Driver() : SecureDriverOnSimulator(SecurityClasses.Of(SecurityClass.S0));
