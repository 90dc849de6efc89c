using Bridge.Mqtt;
using Bridge.Publishing;
using Bridge.Requests;
using Bridge.ZWave.Network;

namespace Bridge;

/// <summary>Answers requests with the documents that are published.</summary>
internal sealed class BridgeStatus(ZWaveNetwork network, BridgePublisher publisher) : IBridgeStatus
{
    /// <summary>Far more than a full network needs.</summary>
    private const int MaximumBytes = 1024 * 1024;

    public Task<PayloadValue> InfoAsync() => ReadAsync(publisher.Info.Document);

    public Task<PayloadValue> HealthAsync() => ReadAsync(publisher.Health.Document);

    private async Task<PayloadValue> ReadAsync(Func<byte[]> document)
    {
        var bytes = await network.ReadAsync(_ => document());
        return PayloadFormat.TryRead(bytes, out var value, out var fault, MaximumBytes) ? value : throw new InvalidOperationException(fault);
    }
}
