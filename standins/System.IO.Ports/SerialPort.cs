using System.ComponentModel;
using StandIns.Terminals;

namespace System.IO.Ports;

/// <summary>A serial port as the package of this name offers it, as wide as its one user needs.</summary>
/// <remarks>Translates only; the work is done by <see cref="Terminal"/>.</remarks>
public class SerialPort : Component
{
    private const int OnlyDataBits = 8;

    private readonly string _portName;
    private readonly int _baudRate;
    private Terminal? _terminal;
    private bool _isDtrRaised;
    private bool _isRtsRaised;

    public SerialPort(string portName, int baudRate, Parity parity, int dataBits, StopBits stopBits)
    {
        ArgumentException.ThrowIfNullOrEmpty(portName);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baudRate);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parity, Parity.None);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataBits, OnlyDataBits);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stopBits, StopBits.One);
        _portName = portName;
        _baudRate = baudRate;
    }

    /// <summary>The open port's bytes; disposing it closes the port.</summary>
    public Stream BaseStream =>
        OpenTerminal?.Stream ?? throw new InvalidOperationException("The BaseStream is only available when the port is open.");

    /// <summary>The Data Terminal Ready line.</summary>
    public bool DtrEnable
    {
        private get => _isDtrRaised;
        set
        {
            OpenTerminal?.SetLine(ModemLine.DataTerminalReady, value);
            _isDtrRaised = value;
        }
    }

    /// <summary>The Request To Send line.</summary>
    public bool RtsEnable
    {
        private get => _isRtsRaised;
        set
        {
            OpenTerminal?.SetLine(ModemLine.RequestToSend, value);
            _isRtsRaised = value;
        }
    }

    private Terminal? OpenTerminal => _terminal is { IsOpen: true } ? _terminal : null;

    /// <summary>The ports of this machine.</summary>
    public static string[] GetPortNames() => Terminal.Names();

    /// <exception cref="UnauthorizedAccessException">
    /// Not there, not allowed or in use; the inner <see cref="IOException"/> has the error number.
    /// </exception>
    /// <exception cref="IOException">A line that was to be raised cannot be.</exception>
    /// <exception cref="ArgumentException">The device does not take the settings.</exception>
    public void Open()
    {
        if (OpenTerminal is not null) throw new InvalidOperationException("The port is already open.");
        _terminal = Terminal.Open(_portName, _baudRate, DtrEnable, RtsEnable);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _terminal?.Stream.Dispose();
        base.Dispose(disposing);
    }
}
