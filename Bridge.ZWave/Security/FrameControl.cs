namespace Bridge.ZWave.Security;

/// <summary>The frame control byte, which is encrypted with the command.</summary>
/// <remarks>
/// bits 3..0  sequence counter, the same in both parts
/// bit 4      the command comes in two frames
/// bit 5      this is the second of them
/// bits 7..6  reserved, ignored
/// Source: Security 0 specification.
/// </remarks>
internal readonly record struct FrameControl(byte Value)
{
    private const byte CounterMask = 0x0F;
    private const byte Sequenced = 0x10;
    private const byte SecondFrame = 0x20;

    /// <summary>The command is in this frame alone.</summary>
    public static readonly FrameControl Whole;

    public byte Counter => (byte)(Value & CounterMask);

    public bool IsFirst => (Value & (Sequenced | SecondFrame)) == Sequenced;

    public bool IsSecond => (Value & (Sequenced | SecondFrame)) == (Sequenced | SecondFrame);

    public static FrameControl First(byte counter) => new((byte)(Sequenced | counter));

    public static FrameControl Second(byte counter) => new((byte)(Sequenced | SecondFrame | counter));

    public static byte CounterAfter(byte counter) => (byte)((counter + 1) & CounterMask);
}
