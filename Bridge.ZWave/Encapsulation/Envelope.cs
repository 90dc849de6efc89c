using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>How a frame reached us.</summary>
/// <param name="Node">The sender.</param>
/// <param name="IsMulticast">True for multicast and broadcast.</param>
/// <param name="IsDatagram">True for a frame that Transport Service put together from segments.</param>
public readonly record struct Reception(NodeId Node, bool IsMulticast = false, bool IsDatagram = false);

/// <summary>What the layers around a received command said.</summary>
public readonly record struct Envelope
{
    /// <summary>The sender's endpoint as Multi Channel names it; the root without Multi Channel.</summary>
    public EndpointIndex SourceEndpoint { get; init; }

    /// <summary>Where Multi Channel sends it; the root without Multi Channel.</summary>
    public MultiChannelDestination Destination { get; init; }

    /// <summary>True inside Multi Channel (or Multi Instance) encapsulation, also when both endpoints are the root.</summary>
    public bool IsMultiChannel { get; init; }

    /// <summary>True when the encapsulation was that of version 1, Multi Instance.</summary>
    public bool IsMultiInstance { get; init; }

    public bool IsCrc16 { get; init; }

    /// <summary>The session of the Supervision around the command, when there is one: a report is expected.</summary>
    public byte? SupervisionSession { get; init; }

    /// <summary>The supervising sender wants to be told of progress.</summary>
    public bool WantsStatusUpdates { get; init; }

    public SecurityClass SecurityClass { get; init; }

    /// <summary>True for multicast and broadcast.</summary>
    public bool IsMulticast { get; init; }

    /// <summary>The endpoint of ours that is meant; the root when several are.</summary>
    public EndpointIndex DestinationEndpoint => Destination.EndPoint;

    /// <summary>True when Multi Channel addressed several endpoints at once; such a command is not answered.</summary>
    public bool IsBitAddress => Destination.IsBitAddress;

    /// <summary>
    /// The endpoint of the sender a report belongs to. Some devices put the answering endpoint into the destination field: since we
    /// have no endpoints and ask from the root, a destination without a source is that endpoint.
    /// </summary>
    public EndpointIndex Origin => SourceEndpoint.IsRoot ? DestinationEndpoint : SourceEndpoint;

    /// <summary>How an answer is wrapped: the same layers, endpoints swapped, same security class.</summary>
    public EnvelopeOptions Reply => new()
    {
        Source = DestinationEndpoint,
        Destination = SourceEndpoint,
        MultiChannel = IsMultiChannel,
        MultiInstance = IsMultiInstance,
        Crc16 = IsCrc16,
        SecurityClass = SecurityClass,
    };
}

/// <summary>The layers around a command to be sent. The default is none.</summary>
public readonly record struct EnvelopeOptions
{
    /// <summary>The receiver's endpoint; the root needs no Multi Channel.</summary>
    public EndpointIndex Destination { get; init; }

    /// <summary>Our endpoint: the root, except in an answer to a node that addressed another one.</summary>
    public EndpointIndex Source { get; init; }

    /// <summary>Multi Channel even when both endpoints are the root: an answer to a command that came so.</summary>
    public bool MultiChannel { get; init; }

    /// <summary>The node knows version 1 of Multi Channel only.</summary>
    public bool MultiInstance { get; init; }

    /// <summary>Supervision with this session id (0..63).</summary>
    public byte? SupervisionSession { get; init; }

    /// <summary>Ask for progress reports; only with <see cref="SupervisionSession"/>.</summary>
    public bool SupervisionStatusUpdates { get; init; }

    /// <summary>CRC-16 around everything; never together with security.</summary>
    public bool Crc16 { get; init; }

    public SecurityClass SecurityClass { get; init; }
}
