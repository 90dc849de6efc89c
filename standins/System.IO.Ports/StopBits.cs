namespace System.IO.Ports;

/// <summary>The stop bits of a character. Only what is used here.</summary>
public enum StopBits
{
    One = 1,
}
