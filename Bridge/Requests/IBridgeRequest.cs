using Bridge.Commands;
using Bridge.Mqtt;

namespace Bridge.Requests;

/// <summary>
/// One thing that can be asked of the bridge on <c>bridge/request/…</c>. One file a request; <see cref="RequestTable"/> lists them. Any
/// thread may call; several may be under way at a time.
/// </summary>
public interface IBridgeRequest
{
    /// <summary>The topic below <c>bridge/request</c>: "device/ping".</summary>
    string What { get; }

    /// <summary>The key a payload that is no object stands for: <c>4</c> is {"id":4}. Null: it takes objects only.</summary>
    string? PlainKey => null;

    /// <summary>Longer payloads are refused.</summary>
    int MaximumBytes => PayloadFormat.MaximumBytes;

    /// <summary>Carries it out. One answer, when it is done; a request that takes long answers at its end.</summary>
    /// <exception cref="ZWave.ZWaveException">The network could not do it; becomes the answer.</exception>
    Task<CommandOutcome> HandleAsync(RequestFields fields);

    /// <summary>The answer was handed to the client. For what has to come after it.</summary>
    void Answered()
    {
    }
}
