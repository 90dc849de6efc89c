namespace Bridge.ZWave.Serial;

/// <summary>
/// A request that fills the module's only transmit slot until its callback (the SendData family): never two of them at a time. A RES of 0 means that
/// the slot was taken all the same, so the request is offered again after a pause.
/// </summary>
public interface ITransmitRequest : ICallbackRequest;

/// <summary>A transmission that can be cut short: the module then calls back with a failure.</summary>
public interface IAbortableRequest : ITransmitRequest
{
    /// <summary>The request that aborts it (SendDataAbort).</summary>
    IHostRequest AbortRequest { get; }
}
