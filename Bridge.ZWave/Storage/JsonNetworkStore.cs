using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.ZWave.Storage;

/// <summary>
/// One JSON file a network, <c>network-&lt;home id&gt;.json</c>. Written to a temporary file, flushed to the disk, then renamed over the old one: a
/// power cut leaves the old or the new file, never half of one. A file that cannot be read is renamed and named in the log, never deleted.
/// </summary>
public sealed class JsonNetworkStore(string directory, TimeProvider time, ILogger logger) : INetworkStore
{
    /// <summary>The file of a network.</summary>
    public string FileOf(HomeId homeId) => Path.Combine(directory, $"network-{homeId}.json");

    public async Task<NetworkSnapshot?> LoadAsync(HomeId homeId, CancellationToken cancellationToken)
    {
        var file = FileOf(homeId);
        if (!File.Exists(file)) return null;
        try
        {
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 32 };
            var snapshot = NetworkSnapshotJson.Read(JObject.Load(reader));
            if (snapshot.HomeId != homeId) throw new FormatException($"it belongs to network {snapshot.HomeId}");
            return snapshot;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException or UnauthorizedAccessException))
        {
            // Whatever the content made a parser say: the file is wrong, not the program.
            SetAside(file, exception.Message);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NetworkFileUnreadable(file, exception.Message);
            return null;
        }
    }

    public Task SaveAsync(NetworkSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Task.Run(() => RememberedFile.Replace(FileOf(snapshot.HomeId), stream => Write(stream, snapshot)), cancellationToken);
    }

    private static void Write(Stream stream, NetworkSnapshot snapshot)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        using var json = new JsonTextWriter(writer) { Formatting = Formatting.Indented };
        NetworkSnapshotJson.Write(json, snapshot);
    }

    private void SetAside(string file, string reason)
    {
        try
        {
            logger.NetworkFileSetAside(file, RememberedFile.SetAside(file, time), reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NetworkFileUnreadable(file, reason + "; " + exception.Message);
        }
    }
}
