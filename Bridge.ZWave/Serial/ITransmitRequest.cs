using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>
/// A request of the SendData family. The module has one transmit slot: the next of them is sent only after the callback of the one
/// before. A transmission that takes too long is ended with SendDataAbort; it then calls back with a failure.
/// </summary>
public interface ITransmitRequest : ICallbackRequest
{
    /// <summary>The receiver; <see cref="NodeId.Broadcast"/> for a list of nodes.</summary>
    NodeId Destination { get; }
}
