using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StandIns.Terminals;

/// <summary>The C library's <c>struct termios</c> as glibc and musl lay it out on x64, arm64 and arm (60 bytes, room to spare).</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal unsafe struct Termios
{
    private const int Now = 0;
    private const int MinimumIndex = 6;
    private const int TimeIndex = 5;

    private const uint IgnoreBreak = 0x1;
    private const uint EightBits = 0x30;
    private const uint TwoStopBits = 0x40;
    private const uint ReceiverOn = 0x80;
    private const uint ParityBit = 0x100;
    private const uint OddParity = 0x200;
    private const uint HangUpOnClose = 0x400;
    private const uint IgnoreModemStatus = 0x800;
    private const uint HardwareFlowControl = 0x8000_0000;

    [FieldOffset(0)] private uint _input;
    [FieldOffset(4)] private readonly uint _output;
    [FieldOffset(8)] private uint _control;
    [FieldOffset(12)] private readonly uint _local;
    [FieldOffset(16)] private readonly byte _discipline;
    [FieldOffset(17)] private fixed byte _characters[32];
    [FieldOffset(52)] private readonly uint _inputSpeed;
    [FieldOffset(56)] private readonly uint _outputSpeed;

    /// <summary>
    /// Makes the line raw (every byte value passes, nothing is echoed): 8 bits, no parity, 1 stop bit, no flow control, at this speed.
    /// </summary>
    /// <exception cref="IOException">The device is no terminal or is gone.</exception>
    /// <exception cref="ArgumentException">The device or this code does not know the speed.</exception>
    public static void Apply(SafeFileHandle terminal, int bitsPerSecond)
    {
        Termios attributes = default;
        if (LibC.GetAttributes(terminal, &attributes) < 0) throw LibC.LastError();
        LibC.MakeRaw(&attributes);
        attributes._input = IgnoreBreak;
        // Closing must not drop DTR: on some sticks that line is wired to the reset pin.
        attributes._control &= ~(TwoStopBits | ParityBit | OddParity | HardwareFlowControl | HangUpOnClose);
        attributes._control |= EightBits | ReceiverOn | IgnoreModemStatus;
        attributes._characters[MinimumIndex] = 1;
        attributes._characters[TimeIndex] = 0;
        if (LibC.SetSpeed(&attributes, SpeedCode(bitsPerSecond)) < 0) throw UnknownSpeed(bitsPerSecond);
        if (LibC.SetAttributes(terminal, Now, &attributes) < 0) throw LibC.LastError();
    }

    private static uint SpeedCode(int bitsPerSecond) => bitsPerSecond switch
    {
        9_600 => 0x0D,
        19_200 => 0x0E,
        38_400 => 0x0F,
        57_600 => 0x1001,
        115_200 => 0x1002,
        230_400 => 0x1003,
        460_800 => 0x1004,
        921_600 => 0x1007,
        _ => throw UnknownSpeed(bitsPerSecond),
    };

    private static ArgumentException UnknownSpeed(int bitsPerSecond) => new($"a line cannot run at {bitsPerSecond} bits per second");
}
