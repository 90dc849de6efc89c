using Bridge.Options;
using Bridge.ZWave.Security;
using Bridge.ZWave.Storage;

namespace Bridge;

/// <summary>The keys of the network for one run of the program.</summary>
/// <param name="file">Where they are kept; null: nowhere, they are generated and forgotten.</param>
/// <param name="volumeFault">Tells why a file at a path will be lost; null: that is not looked at.</param>
public sealed class NetworkKeyStore(Func<KeyFile>? file, Func<string, string?>? volumeFault = null)
{
    /// <summary>Null until they were prepared.</summary>
    public NetworkKeys? Keys { get; private set; }

    /// <summary>What the owner of the file should know.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Reads the keys; generates what is missing. Once: asked again it does nothing.</summary>
    /// <returns>Why there are no keys, each with its setting; empty: there are.</returns>
    public IReadOnlyList<string> Prepare()
    {
        if (Keys is not null) return [];
        if (file is null)
        {
            Keys = NetworkKeys.Generate();
            return [];
        }

        var kept = file();
        try
        {
            var reading = kept.Prepare();
            if (reading.Faults.Count > 0) return [.. reading.Faults.Select(static fault => $"{KeysFileValidator.Setting}: {fault}")];
            Warnings = [.. reading.Warnings.Concat(VolumeWarning(kept.Path)).Select(static warning => $"{KeysFileValidator.Setting}: {warning}")];
            Keys = reading.Keys.ToNetworkKeys();
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            const string allowed = "allowed: path of a file that can be read and written";
            return [$"{KeysFileValidator.Setting}: '{kept.Path}' cannot be written ({exception.Message}); {allowed}"];
        }
    }

    private string[] VolumeWarning(string path) => volumeFault?.Invoke(path) is { } fault
        ? [$"'{path}' will be lost, and with it every secure node: {fault}. Keep it on a volume that stays; \"zwbridge keys export\" saves the keys"]
        : [];
}
