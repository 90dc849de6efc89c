namespace Bridge.ZWave.Serial;

/// <summary>
/// A way to the module: serial port, TCP, memory. Hands out a plain byte stream; everything above it is the same for all.
/// </summary>
public interface ITransport
{
    /// <summary>What people call it: <c>/dev/serial/by-id/…</c>, <c>tcp://host:port</c>, <c>simulator</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Opens the line. The stream's reads complete as soon as bytes are there, its writes when the bytes are handed to the line;
    /// disposing it closes the line. A line that broke makes reads end (0 bytes) or fail with <see cref="IOException"/>.
    /// </summary>
    /// <exception cref="IOException">The line cannot be opened now; the message says what to do about it. Opening again later may work.</exception>
    Task<Stream> OpenAsync(CancellationToken cancellationToken);
}
