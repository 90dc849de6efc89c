using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Storage;

/// <summary>
/// One JSON file a network, <c>network-&lt;home id&gt;.json</c>. Written to a temporary file, flushed to the disk, then renamed over the old one: a
/// power cut leaves the old or the new file, never half of one. A file that cannot be read is renamed and named in the log, never deleted.
/// </summary>
public sealed class JsonNetworkStore(string directory, TimeProvider time, ILogger logger) : INetworkStore
{
    private const int MaximumDepth = 32;

    private readonly RememberedJson _json = new(time, MaximumDepth, logger.NetworkFileUnreadable, logger.NetworkFileSetAside);

    /// <summary>The file of a network.</summary>
    public string FileOf(HomeId homeId) => Path.Combine(directory, $"network-{homeId}.json");

    public Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken) => Task.Run(
        () => _json.Load(FileOf(homeId), root =>
        {
            var snapshot = NetworkSnapshotJson.Read(root);
            return snapshot.HomeId == homeId ? snapshot : throw new FormatException($"it belongs to network {snapshot.HomeId}");
        }),
        cancellationToken);

    public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Task.Run(() => RememberedJson.Replace(FileOf(snapshot.HomeId), json => NetworkSnapshotJson.Write(json, snapshot)), cancellationToken);
    }
}
