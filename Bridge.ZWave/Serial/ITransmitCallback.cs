namespace Bridge.ZWave.Serial;

/// <summary>A callback that tells how a transmission ended.</summary>
public interface ITransmitCallback : ICallback
{
    TransmitStatus TransmitStatus { get; }

    /// <summary>The way the frame took; only SendData callbacks of firmware with the TX status report switched on have one.</summary>
    TransmitReport? Report { get; }
}
