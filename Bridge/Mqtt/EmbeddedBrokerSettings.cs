using System.Net;

namespace Bridge.Mqtt;

/// <summary>How the built-in broker is set up. Valid by the time it gets here: remote listening has credentials.</summary>
/// <param name="Listen">Where it listens; port 0: any free one.</param>
public sealed record EmbeddedBrokerSettings(IPEndPoint Listen)
{
    /// <summary>Null: everybody who reaches it may connect.</summary>
    public string? Username { get; init; }

    /// <summary>Never logged.</summary>
    public string? Password { get; init; }

    /// <summary>Retained messages are kept in this file between runs; null: they are forgotten.</summary>
    public string? RetainedFile { get; init; }

    /// <summary>A client that sends a larger packet is disconnected.</summary>
    public int MaximumPacketSize { get; init; } = 256 * 1024;

    /// <summary>Further clients are refused.</summary>
    public int MaximumConnections { get; init; } = 64;

    /// <summary>Messages that wait for one client; then the oldest is dropped.</summary>
    public int MaximumQueuePerClient { get; init; } = 1000;

    /// <summary>Retained messages in all; a further topic is not retained.</summary>
    public int MaximumRetained { get; init; } = 10_000;

    public override string ToString() => Listen.ToString();
}
