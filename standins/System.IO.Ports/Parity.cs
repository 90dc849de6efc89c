namespace System.IO.Ports;

/// <summary>The parity bit of a character. Only what is used here.</summary>
public enum Parity
{
    None = 0,
}
