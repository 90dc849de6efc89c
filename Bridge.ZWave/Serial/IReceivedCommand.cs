using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>A command another node sent to us, whichever of the two handlers of the module delivered it.</summary>
public interface IReceivedCommand : ISerialMessage
{
    ReceiveStatus ReceiveStatus { get; }

    NodeId SourceNodeId { get; }

    /// <summary>The command class frame, at least one byte.</summary>
    ReadOnlyMemory<byte> Command { get; }

    /// <summary>Signal strength at our antenna; absent on old firmware.</summary>
    Rssi? Rssi { get; }
}
