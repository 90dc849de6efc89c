namespace Bridge.ZWave.Serial;

/// <summary>What is known of the line to the module.</summary>
public enum SessionState
{
    /// <summary>Not opened yet, or disposed.</summary>
    Closed,

    /// <summary>Open; the module acknowledged the last request, or none was sent yet.</summary>
    Open,

    /// <summary>Open, but the module acknowledged nothing in all tries, or sent nothing but damaged frames. Ends with the next ACK.</summary>
    Jammed,

    /// <summary>The line broke; it is being reopened for ever. Requests fail at once.</summary>
    Unplugged,
}
