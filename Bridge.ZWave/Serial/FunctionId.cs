using System.Globalization;

namespace Bridge.ZWave.Serial;

/// <summary>The number of a Serial API function.</summary>
public readonly record struct FunctionId(byte Value)
{
    /// <summary>"0x13".</summary>
    public override string ToString() => "0x" + Value.ToString("X2", CultureInfo.InvariantCulture);
}

/// <summary>Who sends a message and as what: the same function id means different things.</summary>
public enum MessageKind
{
    /// <summary>REQ from the host.</summary>
    HostRequest,

    /// <summary>RES from the module: the direct answer to a request.</summary>
    Response,

    /// <summary>REQ from the module: a callback or an unsolicited frame.</summary>
    ModuleRequest,
}
