using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>What the bridge tells of itself. Any thread may call.</summary>
public interface IBridgeStatus
{
    /// <summary>The object of <c>bridge/info</c>: without keys and passwords.</summary>
    Task<PayloadValue> InfoAsync();

    /// <summary>The object of <c>bridge/health</c>, as of now.</summary>
    Task<PayloadValue> HealthAsync();
}

/// <summary>Begins anew: network, connection and all between them, in the same process. Any thread may call.</summary>
public interface IBridgeRestart
{
    /// <summary>Asks for an end in good order and a new beginning, and returns at once.</summary>
    void RequestRestart();
}
