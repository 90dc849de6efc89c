using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Who our module is and what it can do, as it told at startup.</summary>
public sealed record ControllerIdentity
{
    public required HomeId HomeId { get; init; }

    /// <summary>Our own node id, 1 in most networks.</summary>
    public required NodeId NodeId { get; init; }

    /// <summary>"Z-Wave 7.18".</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>1 static controller, 7 bridge controller, …</summary>
    public required byte LibraryType { get; init; }

    /// <summary>"7.18.2" from 700 series on.</summary>
    public string? ProtocolVersion { get; init; }

    public required byte ApiVersion { get; init; }

    public required byte ApiRevision { get; init; }

    public required ushort ManufacturerId { get; init; }

    public required ushort ProductTypeId { get; init; }

    public required ushort ProductId { get; init; }

    /// <summary>Every function the firmware has.</summary>
    public required IReadOnlySet<FunctionId> Functions { get; init; }

    /// <summary>5 = 500 series, 7 = 700, 8 = 800; null when the module does not say.</summary>
    public byte? ChipType { get; init; }

    /// <summary>Longest command a SendData may carry.</summary>
    public int MaximumPayload { get; init; } = 46;

    /// <summary>The same for Long Range nodes.</summary>
    public int MaximumLongRangePayload { get; init; } = 46;

    public NodeIdWidth NodeIdWidth { get; init; } = NodeIdWidth.Bits8;

    public NodeId SucNodeId { get; init; }

    public bool IsPrimary { get; init; } = true;

    /// <summary>True when the module sends and receives through the bridge functions.</summary>
    public bool IsBridge { get; init; }

    /// <summary>All nodes of the network, our own included.</summary>
    public required IReadOnlyList<NodeId> NodeIds { get; init; }

    public bool Has(FunctionId function) => Functions.Contains(function);
}
